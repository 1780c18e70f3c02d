"""Sets one paper as a PDF: a program of its own, which `pdf_pages` starts for each file.

The maker of the file has threads, and a process that is forked from one that had them waits for them for ever. It reads
what to set as JSON, and writes the file, or why there is none with status 1.
"""

import json
import sys
from datetime import datetime

import typst


def main() -> int:
    asked = json.load(sys.stdin)
    # The fonts of the machine are left out, so that a paper is the same file on every machine with this folder.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=asked["fonts"])
    compiler = typst.Compiler(asked["layout"].encode(), font_paths=fonts)
    made = datetime.fromisoformat(asked["made"])
    try:
        file = compiler.compile(
            format="pdf", sys_inputs={"paper": asked["paper"]}, pdf_standards=asked["standard"], timestamp=made
        )
    except typst.TypstError as failure:
        sys.stderr.write(failure.message)
        return 1
    if not isinstance(file, bytes):
        raise TypeError("one paper is one file")
    sys.stdout.buffer.write(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
