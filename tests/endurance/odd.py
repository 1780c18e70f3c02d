"""What careless, unlucky and hostile people send: odd texts, numbers, days, ids, headers, bodies and files."""

from random import Random
from typing import Any

# A word that stands in what is typed as if it were private: no log may ever hold it.
PRIVATE = "qzprivateword"
# Text that would be a script if a page showed it as it came.
MARKUP = f'"><qzscript onerror="{PRIVATE}"> \' qzhandler="1"'
RAW_MARKUP = ("<qzscript", '" qzhandler="1"')

# fmt: off
NUMBERS = (
    "0", "-1", "1", "2", "60", "61", "999999", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "1e309", "NaN", "inf", "1_0", "0x10", "1.5", "1,5", "+7", "٣",
    "１２", "²", "007",
    "1e3", "7:30", "7h", "99999:99", "1/0", "1/2", "24:00", "9" * 19, "9" * 4_000, "-" + "9" * 4_400,
    "1." + "3" * 4_000, "9" * 300 + "/" + "9" * 300,
)
TEXTS = (
    "",
    " ",
    "None",
    "null",
    "undefined",
    "\0",
    "before\0after",
    "\x01\x02\x1b[31m\x7f",
    "tab\tand\r\nline\x0bvertical\x0cpage",
    "\ufeff\u200b\u202e\u2028",
    "＝1+1",
    "=HYPERLINK(1)",
    "%_\\",
    "%" * 60_000,
    "_%" * 30_000,
    "word " * 1_000,
    " ".join(f"w{n}" for n in range(1_200)),
    "a" * 5_000,
    "é" * 4_001,
    "🙂" * 900,
    "ﷺ" * 3_000,
    "\u0301" * 3_000,
    "İıſK",
    "http://[",
    "//nowhere.example/\\",
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "'; DROP TABLE people; --",
    "(" * 3_000,
    "943 476 5919",
    "somebody@nowhere.example",
    "@",
    "a@b\0.example",
    '{"a":' * 2_000,
)
DAYS = (
    "30-12-9999", "31-12-9999", "31-12-2199", "1-1-2200", "1-1-1", "0-0-0", "31-2-2026", "29-2-2100", "1-1-1899",
    "-1-1-2026", "99-99-99", "999999999999-1-2026", "1-999999999999-2026", "1-1-999999999999", "1-1-0001", "1-Foo-2026",
    "3-3-26",
)
CHOICES = ("None", "", "other", "nothing we offered", "0", "true", "on", "\0", "2147483648", "9" * 4_000)
METHODS = ("FOO", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "get", "GET")
ADDRESSES = (
    "http://[", "http://[::1", "//[", "http://a..b/", "http://\x00/", "", "x" * 9_000, "http://localhost:99999/",
)
HOSTS = ("a..b", "[", "", "localhost:99999", "x" * 300, "a b", "é.example", "\xff\xfe", "localhost:port", ".", "a_b")
FORWARDED = (
    "", "nobody", "1.2.3", "::::", "999.1.1.1", "1.2.3.4, nobody", "[::1]:80", "fe80::1%eth0", "1.1.1.1:80", ",",
)
COOKIES = (
    "rpe=", "rpe=\xff\xfe", f"rpe={'x' * 9_000}", "rpe=.eJw", 'rpe="\\400"', "a=b; " * 2_000, "\0",
    "remember_token=1|x",
)
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary="
_PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", _FORM),
    (b"name=%00%FF%FE&" * 30, f"{_FORM}; charset=utf-16"),
    (b"q=1&" * 60_000, _FORM),
    (b"q=" + b"1" * 600_000, _FORM),
    (b"\xff\xfe\x00", _FORM),
    (b"[" * 50_000, "application/json"),
    (b'{"name": 1}', "application/json"),
    (b"<a/>", "text/xml"),
    (b"no parts at all", "multipart/form-data"),
    (b"--x\r\nContent-Disposition: form-data; name", f"{_PARTS}x"),
    (_PART, f"{_PARTS}x"),
    (_PART * 1_500 + b"--x--\r\n", f"{_PARTS}x"),
    (b"--x--\r\n", f"{_PARTS}{'x' * 3_000}"),
    (b"x", "x" * 500),
    (b"x", "text/plain; charset=\xff"),
)
ENDS = ("\0", "\xff", "/..", "//", "%00", "\n", f"/{PRIVATE}", "\u202e", "x" * 9_000, "/\x85", "?", ";a=b")
QUERIES = (
    "%00", "q=%00", "q=%FF%FE", "page=%D9%A3", "&&==&", "q", "=", "q=%F0%28", "next=http://[", "next=//[",
    "next=%09//x", "page=" + "9" * 5_000, "q=" + "%25" * 20_000, "q=a&" * 1_000,
)
# fmt: on
FILES = (
    b"",
    b"\n" * 100_000,
    b"\r" * 5_000,
    b"\0" * 5_000,
    b"\xef\xbb\xbf",
    b"PK\x03\x04zip",
    b"[" * 50_000,
    b'"' * 5_001,
    b"," * 50_000 + b"\n" + b"," * 50_000,
    b"sep=;\n",
    b"NCT Number,Study Title,Study Status\nNCT00000001,=1+1,RECRUITING\n",
    b"NCT Number,Study Title,Study Status,Start Date\nNCT00000001,A\x00B,OPEN,9999-12-30\n",
    b"Some,Other,Names\n1,2,3\n",
    "NCT Number;Study Title\nNCT00000001;Größe".encode("latin-1"),
)
FILE_NAMES = ("studies.csv", "", "a\0b.csv", "../../etc/passwd", "x" * 3_000, "=1+1.csv", f"{PRIVATE}.csv")


class Typist:
    """Types odd things, the same for the same seed."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def text(self) -> str:
        """A text that most often carries the private word and the markup."""
        chosen = self.random.choice(TEXTS)
        return self.random.choice(
            (chosen, f"{PRIVATE} {chosen}", MARKUP, f"{MARKUP}{chosen[:200]}", f"{PRIVATE} words")
        )

    def number(self) -> str:
        return self.random.choice(NUMBERS)

    def choice(self) -> str:
        return self.random.choice((*CHOICES, MARKUP))

    def anything(self) -> str:
        return self.random.choice((self.text, self.number, self.choice))()

    def into(self, name: str) -> str:
        """Something for a field of this name, likelier of its kind."""
        part = name.rpartition("-")[2]
        if part in ("day", "month", "year") and self.random.random() < 0.8:
            return self.random.choice(DAYS).rsplit("-", 2)[("day", "month", "year").index(part)]
        return self.anything()

    def row_id(self, known: int) -> str:
        """An id for an address: that of a record, or one that no record can have."""
        return self.random.choice((str(known), str(known), str(self.random.randint(1, 12)), self.number()))

    def headers(self) -> dict[str, str]:
        """What the server would be given as the environment of a request."""
        address = self.random.choice(ADDRESSES)
        offered: tuple[dict[str, str], ...] = (
            {"HTTP_HOST": self.random.choice(HOSTS)},
            {"HTTP_X_FORWARDED_FOR": self.random.choice(FORWARDED), "HTTP_X_FORWARDED_PROTO": "https"},
            {"HTTP_X_FORWARDED_FOR": PRIVATE, "HTTP_X_FORWARDED_PROTO": self.random.choice(("", "ftp", "\0"))},
            {"HTTP_REFERER": address},
            {"HTTP_ORIGIN": address},
            {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": address},
            {"HTTP_HX_REQUEST": self.random.choice(("true", "maybe", "\0")), "HTTP_HX_TARGET": self.text()[:200]},
            {"HTTP_COOKIE": self.random.choice(COOKIES)},
            {"HTTP_ACCEPT": "x/y;q=" + self.number(), "HTTP_ACCEPT_LANGUAGE": "\0"},
            {"HTTP_IF_NONE_MATCH": '"', "HTTP_RANGE": "bytes=" + self.number(), "HTTP_IF_MODIFIED_SINCE": "never"},
            {"CONTENT_LENGTH": self.random.choice(("-1", "x", "9" * 30, ""))},
        )
        return self.random.choice(offered)

    def file(self) -> tuple[bytes, str]:
        return self.random.choice(FILES), self.random.choice(FILE_NAMES)

    def body(self) -> dict[str, Any]:
        data, content_type = self.random.choice(BODIES)
        return {"data": data, "content_type": content_type}
