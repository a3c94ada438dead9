"""Checks requests and objects against the machine-readable Bot API of PaulSonOfLars/telegram-bot-api-spec."""

import json
from dataclasses import dataclass

SCALARS = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}


@dataclass(frozen=True)
class BotApiSpecification:
    """Methods and types as the file has them."""

    methods: dict
    types: dict

    @classmethod
    def read(cls, path):
        document = json.loads(path.read_text(encoding="utf-8"))
        return cls(document["methods"], document["types"])

    def problems(self, simulator):
        """Everything wrong with what went over the wire: the bot's requests, the stand-in's answers and updates."""
        found = []
        for request in simulator.requests:
            found += self.request_problems(request.method, request.params, request.files)
            if request.status == 200:
                found += self.answer_problems(request.method, request.result)
        for update in [*simulator.world.updates.confirmed, *simulator.world.updates.pending]:
            found += self.object_problems("Update", update.wire())
        return found

    def request_problems(self, method, params, files=()):
        if method not in self.methods:
            return [f"{method} is no method"]
        fields = {field["name"]: field for field in self.methods[method].get("fields", [])}
        attached = {name for name in files if f"attach://{name}" in str(params)}
        given = {**dict.fromkeys(files, ""), **params}
        found = [f"{method}: {name} is no parameter" for name in given if name not in {*fields, *attached}]
        found += [
            f"{method}: {name} is missing" for name, field in fields.items() if field["required"] and name not in given
        ]
        for name, value in params.items():
            if name in fields and not any(self._fits_parameter(kind, value) for kind in fields[name]["types"]):
                found.append(f"{method}: {name} = {value!r} is none of {fields[name]['types']}")
        return found

    def _fits_parameter(self, kind, value):
        if isinstance(value, str) and kind not in {"String", "InputFile"}:
            try:
                value = json.loads(value)
            except ValueError:
                return False
        return kind == "InputFile" or not self._value_problems(kind, value, kind)

    def answer_problems(self, method, result):
        kinds = self.methods[method]["returns"]
        tries = [self._value_problems(kind, result, method) for kind in kinds]
        return min(tries, key=len)

    def object_problems(self, kind, value):
        return self._value_problems(kind, value, kind)

    def _value_problems(self, kind, value, where):
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: {value!r} is no list"]
            inner = kind.removeprefix("Array of ")
            return [p for i, item in enumerate(value) for p in self._value_problems(inner, item, f"{where}[{i}]")]
        if kind in SCALARS:
            right = isinstance(value, SCALARS[kind]) and (kind == "Boolean" or not isinstance(value, bool))
            return [] if right else [f"{where}: {value!r} is no {kind}"]
        return self._object_problems(kind, value, where)

    def _object_problems(self, kind, value, where):
        definition = self.types[kind]
        if definition.get("subtypes"):
            return min((self._value_problems(sub, value, where) for sub in definition["subtypes"]), key=len)
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no {kind}"]
        fields = {field["name"]: field for field in definition.get("fields", [])}
        found = [f"{where}.{name}: not in {kind}" for name in value if name not in fields]
        for name, field in fields.items():
            if name not in value:
                found += [f"{where}.{name}: missing in {kind}"] if field["required"] else []
                continue
            found += min((self._value_problems(t, value[name], f"{where}.{name}") for t in field["types"]), key=len)
        return found
