"""The example for nginx: the real one before a real process of the bot, with a certificate made for the test."""

import asyncio
import io
import ipaddress
import os
import socket
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.telegram.intake.webhook import SECRET_HEADER
from storage.secrets.keys import create_key_file
from tests.plugins.processes import BORN_SECONDS, ended_well, free_port
from tests.plugins.system_programs import program
from tests.plugins.village import run_village
from tests.plugins.web_village import WebVillage

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SITE = ROOT / "deploy" / "nginx" / "povezujejo.conf"
PAGES = ROOT / "deploy" / "nginx" / "povezujejo-pages.conf"
SECRET = "skrivnost-7"
BURST = 20
FRAME = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def site(folder, tls, plain, bot):
    """The example where it has to differ here: ports, certificate, one more caller, a rate for the slowest machine."""
    return replaced(
        SITE.read_text("utf-8"),
        {
            **places("bot.knjiznica.si", folder, tls, plain),
            "server 127.0.0.1:8080;": f"server 127.0.0.1:{bot};",
            "        deny all;": "        allow 127.0.0.1;\n        deny all;",
            "rate=50r/s": "rate=1r/m",
            "burst=200": f"burst={BURST}",
        },
    )


def places(name, folder, tls, plain):
    """Where an example listens here, and its certificate."""
    return {
        "    listen 443 ssl;\n    listen [::]:443 ssl;": f"    listen 127.0.0.1:{tls} ssl;",
        "    listen 80;\n    listen [::]:80;": f"    listen 127.0.0.1:{plain};",
        f"/etc/letsencrypt/live/{name}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/letsencrypt/live/{name}/privkey.pem": f"{folder}/key.pem",
    }


def replaced(text, here):
    """The example with what differs here, each of which stands in it once."""
    for there, instead in here.items():
        assert text.count(there) == 1, there
        text = text.replace(there, instead)
    return text


def write_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, private, plain))


async def until(condition):
    for _ in range(BORN_SECONDS * 20):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen")


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
async def behind_nginx(simulator, sqlite_url, tmp_path):
    """The address of a webhook behind nginx, and what calls it: from the place that the address names."""
    nginx = program("nginx", "the webhook behind nginx")
    tls, plain, bot = free_port(), free_port(), free_port()
    (tmp_path / "site.conf").write_text(site(tmp_path, tls, plain, bot))
    (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path))
    write_certificate(tmp_path)
    address = f"https://127.0.0.1:{tls}/telegram"
    create_key_file(tmp_path / "povezujejo.key")
    (tmp_path / "config.toml").write_text(
        f'[telegram]\ntoken = "{simulator.token}"\nbase_url = "{simulator.base_url}"\nusername = "a_bot"\n'
        f'mode = "webhook"\nwebhook_url = "{address}"\nwebhook_port = {bot}\nwebhook_secret = "{SECRET}"\n'
        f'[database]\nurl = "{sqlite_url}"\n[health]\nenabled = false\n'
    )
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")

    def caller(host="127.0.0.1"):
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusting, local_addr=(host, 0)))

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = (sys.executable, "-m", "bot", "run", "--config", tmp_path / "config.toml")
    command = (nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "nginx.log")
    async with ended_well(*command), ended_well(*run, env=environment), caller() as telegram:
        simulator.courier._session = telegram  # Telegram knows the certificate
        await until(lambda: is_open(tls) and is_open(plain) and simulator.world.webhook.url)
        yield address, plain, caller


async def test_updates_come_through_and_nothing_else(behind_nginx, simulator):
    address, plain, caller = behind_nginx
    marija = simulator.person("Marija")
    await marija.says("/start")
    await marija.waits()
    assert marija.screen.text.startswith("Pozdravljeni!")
    await until(lambda: simulator.courier.delivered)  # the answer to the update comes after the card
    assert simulator.courier.delivered[0][0] == address

    known, update = {SECRET_HEADER: SECRET}, {"update_id": 1}
    root = address.removesuffix("/telegram")
    async with caller() as anybody, caller("127.0.0.2") as stranger:

        async def status(session, url, **what):
            async with session.post(url, allow_redirects=False, **what) as answered:
                return answered.status

        assert await status(anybody, address, json=update) == 403  # no secret: the bot's own answer
        assert await status(anybody, address, json=update, headers={SECRET_HEADER: "wrong"}) == 403
        assert await status(anybody, address, data=b"{", headers=known) == 400
        assert await status(anybody, address, data=io.BytesIO(bytes(2**20 + 1)), headers=known) == 413
        assert await status(stranger, address, json=update, headers=known) == 403  # not of Telegram's network
        for path in ("/", "/metrics", "/healthz", "/readyz", "/status", "/telegram/more"):
            assert await status(anybody, root + path) == 404
        async with anybody.get(address) as answered:
            assert answered.status == 405
        moved = f"http://127.0.0.1:{plain}/telegram"
        async with anybody.post(moved, json=update, headers=known, allow_redirects=False) as answered:
            assert (answered.status, answered.headers["Location"]) == (301, "https://127.0.0.1/telegram")

        again = [await status(anybody, address, json=update) for _ in range(3 * BURST)]
        assert again.count(429) >= BURST
        assert set(again) == {403, 429}


@pytest.fixture
async def pages_behind_nginx(sqlite_url, tmp_path):
    """A village whose pages are found by https alone, behind nginx, and what calls them."""
    nginx = program("nginx", "the pages behind nginx")
    tls, plain, bot = free_port(), free_port(), free_port()
    text = replaced(
        PAGES.read_text("utf-8"),
        {
            **places("odgovori.knjiznica.si", tmp_path, tls, plain),
            "server 127.0.0.1:8090;": f"server 127.0.0.1:{bot};",
            "/var/log/nginx/error.log crit": f"{tmp_path}/nginx.log crit",
        },
    )
    (tmp_path / "site.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path))
    write_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    web = {"public_url": f"https://127.0.0.1:{tls}", "port": bot, "proxy": "127.0.0.1"}
    command = (nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "nginx.log")
    async with run_village(sqlite_url, tmp_path, web=web) as village, ended_well(*command):
        await until(lambda: is_open(tls) and is_open(plain))
        pages = WebVillage(village, web["public_url"])
        yield pages, pages.surfer(aiohttp.TCPConnector(ssl=trusting))
        await pages.close()


async def test_people_answer_behind_nginx_and_too_large_a_file_is_refused_by_it(pages_behind_nginx):
    village, person = pages_behind_nginx
    await person.joins(village.link((await village.enrol(await village.cohort("brezice-racunalnik"))).token))
    assert person.buttons[0].startswith("Da")
    (cookie,) = person.client.cookie_jar
    assert (cookie.key, cookie["secure"], cookie["httponly"], cookie["samesite"]) == ("__Host-seja", True, True, "Lax")
    assert person.headers["Strict-Transport-Security"] == "max-age=31536000"
    async with person.client.post("/", data=io.BytesIO(bytes(12 * 2**20))) as answered:
        assert answered.status == 413
