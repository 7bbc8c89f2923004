// sys.settrace: which events come with which lines. The facts are those of py/profile.c and of the macros around it in py/vm.c;
// the MicroPython from npm has no sys.settrace.
import { describe, expect, test } from "vitest";
import { unixCoverage, type MpConfig } from "../mpconfig.ts";
import { VmCore } from "./core.ts";

function output(program: string, config: MpConfig = unixCoverage): string[] {
  let text = "";
  const vm = new VmCore(
    {
      clock: { ns: 0, alarm: () => ({ cancel() {} }) },
      stdio: { write: (bytes) => void (text += new TextDecoder().decode(bytes)) },
      vfs: null as never,
      random32: () => 0,
    },
    config,
    [],
  );
  vm.load(program, "prog.py");
  for (;;) {
    const suspension = vm.run(10000);
    if (suspension.why === "raised") text += suspension.error.traceback;
    if (suspension.why === "done" || suspension.why === "raised") return text.trimEnd().split("\n");
  }
}

/** What a trace function sees of `body`, whose first line is 1, called from "run()". */
function events(body: string): string[] {
  const tracer = [
    "import sys",
    "def tracer(frame, event, arg):",
    "  log.append('%s %s %d' % (frame.f_code.co_name, event, frame.f_lineno))",
    "  return tracer",
    "log = []",
    "sys.settrace(tracer)",
    "try:",
    "  run()",
    "except Exception as e:",
    "  log.append(repr(e))",
    "sys.settrace(None)",
    "print('\\n'.join(log))",
  ];
  return output(`${body}\n${tracer.join("\n")}`);
}

describe("sys.settrace", () => {
  test("tells of a call on the line of def, of each line, and of the return", () => {
    expect(events("def run():\n  a = 1\n\n  return a")).toEqual(["run call 1", "run line 2", "run line 4", "run return 4"]);
  });

  test("tells of every round of a for loop, though it is all on one line", () => {
    expect(events("def run():\n  for i in [1, 2]: i")).toEqual([
      "run call 1",
      "run line 2",
      "run line 2",
      "run line 2",
      "run return 2",
    ]);
  });

  test("tells of an exception in each frame that it passes, and not of a return", () => {
    expect(events("def f():\n  1 // 0\ndef run():\n  f()")).toEqual([
      "run call 3",
      "run line 4",
      "f call 1",
      "f line 2",
      "f exception 2",
      "run exception 4",
      "ZeroDivisionError('divide by zero',)",
    ]);
  });

  test("tells of the except clauses that are tried", () => {
    expect(
      events("def run():\n  try:\n    1 // 0\n  except ValueError:\n    pass\n  except OSError:\n    pass").slice(3),
    ).toEqual([
      "run exception 3",
      "run line 4",
      "run line 6",
      "run line 7",
      "run exception 7",
      "ZeroDivisionError('divide by zero',)",
    ]);
  });

  test("does not follow a finally that runs because of a return", () => {
    expect(events("def run():\n  try:\n    return 1\n  finally:\n    a = 2")).toEqual([
      "run call 1",
      "run line 2",
      "run line 3",
      "run return 3",
    ]);
  });

  test("takes a generator that has begun for a call at the line it goes on", () => {
    const body =
      "def gen():\n  x = 1\n  try:\n    yield x\n  finally:\n    y = 2\n  yield y\ng = gen()\nnext(g)\ndef run():\n  next(g)";
    expect(events(body)).toEqual([
      "run call 10",
      "run line 11",
      "gen call 4",
      "gen line 4",
      "gen line 6",
      "gen line 7",
      "gen return 7",
      "run return 11",
    ]);
  });

  test("tells of what is thrown into a generator, in delegating ones too", () => {
    const body = [
      "def inner():",
      "  try:",
      "    yield 1",
      "  except ValueError:",
      "    return 5",
      "def outer():",
      "  return (yield from inner())",
      "g = outer()",
      "next(g)",
      "def run():",
      "  g.throw(ValueError())",
    ].join("\n");
    expect(events(body)).toEqual([
      "run call 10",
      "run line 11",
      "outer call 7",
      "outer line 7",
      "inner call 3",
      "inner exception 0",
      "inner line 4",
      "inner line 5",
      "inner return 5",
      "outer return 7",
      "run exception 11",
      "StopIteration(5,)",
    ]);
  });

  test("tells of each item that a native takes from a generator", () => {
    expect(events("def run():\n  return sum(i for i in (1, 2))").filter((line) => line.startsWith("<genexpr> call"))).toEqual([
      "<genexpr> call 2",
      "<genexpr> call 2",
      "<genexpr> call 2",
    ]);
  });

  test("calls nobody for a frame whose call was answered with None", () => {
    const lines = output(
      [
        "import sys",
        "def tracer(frame, event, arg):",
        "  print(event, frame.f_code.co_name, arg)",
        "def f():",
        "  return g()",
        "def g():",
        "  pass",
        "sys.settrace(tracer)",
        "f()",
        "sys.settrace(0)",
        "f()",
      ].join("\n"),
    );
    expect(lines).toEqual(["call f None", "call g None"]);
  });

  test("ends when the trace function raises, where the line would have run", () => {
    const lines = output(
      [
        "import sys",
        "def tracer(frame, event, arg):",
        "  if event == 'line': raise ValueError(frame.f_lineno)",
        "  print(event)",
        "  return tracer",
        "def f():",
        "  try:",
        "    print('not reached')",
        "  except ValueError as e:",
        "    print(e)",
        "sys.settrace(tracer)",
        "try:",
        "  f()",
        "except ValueError as e:",
        "  print('outside', e)",
        "f()",
      ].join("\n"),
    );
    expect(lines).toEqual(["call", "outside 7", "not reached"]);
  });

  test("gives frames with their callers, globals and code", () => {
    const lines = output(
      [
        "import sys",
        "def tracer(frame, event, arg):",
        "  b = frame.f_back",
        "  print(b.f_code.co_name, b.f_lineno, b.f_back, b is frame.f_back, frame.f_globals is globals())",
        "  print(frame.f_code.co_filename, str(frame)[-33:], hasattr(frame, 'f_locals'), type(frame), frame.f_lasti)",
        "def f():",
        "  pass",
        "sys.settrace(tracer)",
        "f()",
      ].join("\n"),
    );
    expect(lines).toEqual(["<module> 9 None True True", "prog.py , file 'prog.py', line 6, code f> False <class 'frame'> 0"]);
  });

  test("is not there on boards", () => {
    expect(output("import sys\nprint(hasattr(sys, 'settrace'))", { ...unixCoverage, settrace: false })).toEqual(["False"]);
  });
});
