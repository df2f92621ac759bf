#!/usr/bin/env python3
"""How far a book line reaches, and what is no book line at all."""
import unittest

from tool import source

CLASS = """\
// Book: slow/room. What waits has a bound.
// The bytes that wait for the peer.
class Outbox {
public:
    Outbox(int limit, int used)
        : limit_{limit}, used_{used}
    {
    }

    bool room() const { return used_ < limit_; }

private:
    int limit_;
};

int after;
"""
FUNCTION = """\
// Book: slow/readers. A slow reader slows only itself.
awaitable<void> Connection::run()
{
    while (open()) {
        // Book: slow/batches. Read once, write once.
        for (auto& request : requests()) {
            parse(request);

            apply(request);
        }
        flush();

        last_seen_ = now();
    }
}
int after;
"""


def read(text):
    """The code each book line of the text marks, and the complaints."""
    errors = []
    marks = source.read_file("x.hpp", text, errors)
    return [mark.code for mark in marks], "\n".join(errors)


def marked(*lines):
    """The one piece of code that is marked by a book line above these lines."""
    codes, errors = read("\n".join(("// Book: a/b. T.", *lines, "")))
    assert not errors, errors
    return codes[0]


class Extent(unittest.TestCase):
    def test_a_function_reaches_to_its_closing_brace(self):
        function, _ = read(FUNCTION)[0]
        self.assertEqual((function[0], function[-1]), ("awaitable<void> Connection::run()", "}"))
        self.assertEqual(len(function), 13)

    def test_book_lines_inside_are_not_quoted(self):
        self.assertNotIn("Book:", "\n".join(read(FUNCTION)[0][0]))

    def test_statements_reach_to_a_blank_line_but_cut_no_block(self):
        self.assertEqual(read(FUNCTION)[0][1], [
            "for (auto& request : requests()) {", "    parse(request);", "", "    apply(request);",
            "}", "flush();"])

    def test_statements_end_with_the_block_around_them(self):
        text = ("void f()\n{\n    if (x) {\n        // Book: a/b. T.\n        // Why.\n"
                "        y();\n    } else {\n    }\n}\n")
        self.assertEqual(read(text), ([["// Why.", "y();"]], ""))

    def test_a_class_reaches_to_its_semicolon_with_the_contract_above(self):
        code = read(CLASS)[0][0]
        self.assertEqual((code[0], code[-1]), ("// The bytes that wait for the peer.", "};"))

    def test_a_member_reaches_to_its_semicolon(self):
        text = ("struct S {\n    // Book: a/b. T.\n    // Why.\n    int f(int a,\n          int b);"
                "\n    int g;\n};\n")
        self.assertEqual(read(text)[0], [["// Why.", "int f(int a,", "      int b);"]])

    def test_a_constructor_does_not_end_with_its_initializers(self):
        self.assertEqual(marked("S::S()", "    : a_{1}", "{", "    go();", "}", "int o;")[-1], "}")

    def test_templates_and_one_line_functions(self):
        code = marked("template <class T>", "    requires C<T>", "T f(T x) { return x; }", "int o;")
        self.assertEqual(code[-1], "T f(T x) { return x; }")

    def test_braces_in_literals_and_comments_do_not_count(self):
        code = marked("int f()", "{", "    g('{', \"}\", R\"({{)\", 1'000);  // }", "}", "int o;")
        self.assertEqual(len(code), 4)

    def test_tables_reach_to_their_semicolon(self):
        code = marked("constexpr Family strings{", '    "string",', "};", "int o;")
        self.assertEqual(code[-1], "};")

    def test_two_lines_may_mark_one_thing(self):
        text = "// Book: a/b. T.\n// Book: c/d. U.\nint f();\nint g();\n"
        self.assertEqual(read(text), ([["int f();"], ["int f();"]], ""))


class Complaints(unittest.TestCase):
    def test_what_never_ends(self):
        self.assertIn("never ends", read("// Book: a/b. T.\nvoid f()\n{\n")[1])

    def test_a_line_above_nothing(self):
        for below in ("\nint f();\n", "", "}\n", "// only words\n"):
            self.assertIn("marks nothing", read("// Book: a/b. T.\n" + below)[1], below)

    def test_malformed_lines(self):
        for line in ("// book: a/b. T.", "//Book: a/b. T.", "/// Book: a/b. T.",
                     "/* Book: a/b. T. */", "// Book: a/b T.", "// Book: A/b. T.", "// Book: a. T.",
                     "// Book: a/b. No full stop", "// Book a/b. T.", "// Book: a/b.",
                     "int x;  // Book: a/b. T."):
            self.assertIn("malformed", read(line + "\nint f();\n")[1], line)

    def test_prose_is_not_malformed(self):
        self.assertEqual(read("// Books: prose, and a book is too\nint f();\n"), ([], ""))

    def test_a_thesis_that_would_wrap(self):
        self.assertIn("over 100 columns", read(f"// Book: a/b. T{'o' * 90}.\nint f();\n")[1])


if __name__ == "__main__":
    unittest.main()
