import json

from crawler.decoding import declared_encoding
from crawler.decoding.declared import encoding_of_label
from crawler.decoding.legacy import decode_as


def test_every_case_of_html5lib_is_declared_alike(suite):
    wrong, cases = [], 0
    for path in sorted(suite("html5lib-encoding").glob("*.dat")):
        for case in path.read_bytes().split(b"#data\n")[1:]:
            data, expected = case.split(b"\n#encoding\n")
            cases += 1
            found = declared_encoding(data, None) or "windows-1252"
            if found != expected.strip().decode().lower():
                wrong.append((path.name, data[:80], expected, found))
    assert cases == 82
    assert wrong == []


def test_every_label_of_the_standard_is_known_and_its_encoding_decodes(suite):
    groups = json.loads((suite("whatwg-encoding") / "encodings.json").read_bytes())
    labels = [
        (label, entry["name"].lower()) for group in groups for entry in group["encodings"] for label in entry["labels"]
    ]
    assert len(labels) == 228
    assert [(label, name) for label, name in labels if encoding_of_label(label) != name] == []
    for _, name in labels:
        decode_as(bytes(range(256)), name)
