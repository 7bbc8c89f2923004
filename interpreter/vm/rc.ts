// Register code: what tier 0 executes. translate.ts makes it from bytecode, once per function, and vm.ts runs it.
//
// A function's registers are one array: locals, then the places of the value stack ("temporaries"), a scratch register,
// then constants, which every frame carries so that an operand is always just a register. An instruction is its opcode and its
// operands, all in one Int32Array. Operands: d a register that is written, a b c registers that are read, n a count,
// t where to jump, name and k indices. `d` comes first wherever an instruction gives a value, so that a value which
// comes later (a call's, say) is stored without looking at the opcode.
//
// Locals that may be unassigned are read only by CHECK; everywhere else a register that is read holds a value.

export const MOVE = 0; // d a: d = a
export const CHECK = 1; // d a: d = a, or NameError if a is unassigned
export const LOAD_CONST = 2; // d k: constant k of the function, where the registers have no room for it
export const LOAD_GLOBAL = 3; // d name
export const LOAD_NAME = 4; // d name
export const STORE_NAME = 5; // a name
export const STORE_GLOBAL = 6; // a name
export const DELETE_NAME = 7; // name
export const DELETE_GLOBAL = 8; // name
export const LOAD_DEREF = 9; // d a
export const STORE_DEREF = 10; // a(cell) b
export const DELETE_FAST = 11; // a
export const DELETE_DEREF = 12; // a

export const JUMP = 13; // t
export const JUMP_IF = 14; // t sense a: jumps if the truth of a is `sense`
export const JUMP_IF_OR = 15; // t sense d a: the same, d = a before jumping
export const JUMP_LESS = 16; // t sense a b: jumps if a < b is `sense`; the following ones likewise
export const JUMP_MORE = 17;
export const JUMP_EQUAL = 18;
export const JUMP_LESS_EQUAL = 19;
export const JUMP_MORE_EQUAL = 20;
export const JUMP_NOT_EQUAL = 21;
export const JUMP_IN = 22;
export const JUMP_IS = 23;

export const ADD = 24; // d a b op: op is the operator of bytecode, which may be the in-place one
export const SUBTRACT = 25;
export const MULTIPLY = 26;
export const FLOOR_DIVIDE = 27;
export const TRUE_DIVIDE = 28;
export const MODULO = 29;
export const AND = 30;
export const OR = 31;
export const XOR = 32;
export const LSHIFT = 33;
export const RSHIFT = 34;
export const BINARY = 35; // d a b op: any other operator
export const LESS = 36; // d a b op: comparisons
export const MORE = 37;
export const EQUAL = 38;
export const LESS_EQUAL = 39;
export const MORE_EQUAL = 40;
export const NOT_EQUAL = 41;
export const IN = 42;
export const IS = 43;
export const NOT = 44; // d a
export const UNARY = 45; // d a op

export const LOAD_ATTR = 46; // d a name
export const STORE_ATTR = 47; // a(object) b(value; unassigned: delete) name
export const LOAD_METHOD = 48; // d a name: the function in d, its self or nothing in d + 1
export const LOAD_SUPER_METHOD = 49; // d a(class) b(self) name: the same
export const LOAD_SUBSCR = 50; // d a b
export const STORE_SUBSCR = 51; // a(object) b(index) c(value; unassigned: delete)

export const BUILD_TUPLE = 52; // d n a*n
export const BUILD_LIST = 53; // d n a*n
export const BUILD_MAP = 54; // d n
export const BUILD_SET = 55; // d n a*n
export const BUILD_SLICE = 56; // d a b c
export const STORE_MAP = 57; // a(dict) b(key) c(value)
export const LIST_APPEND = 58; // a(list) b
export const SET_ADD = 59; // a(set) b
export const UNPACK_SEQUENCE = 60; // a n d*n, the first item first
export const UNPACK_EX = 61; // a n(before the star) n(after it) d*(before + 1 + after)
export const MAKE_FUNCTION = 62; // d k a(defaults) b(keyword defaults)
export const MAKE_CLOSURE = 63; // d k a b n c(cell)*n

export const CALL = 64; // d a(function) n b*n
export const CALL_SELF = 65; // d a(function; self or nothing follows it) n b*n
export const CALL_METHOD = 66; // d a(object) name n b*n
export const CALL_KW = 67; // d a(function) hasSelf n n(keywords) b*n (key value)*n
export const CALL_VAR_KW = 68; // d a(function) hasSelf n n(keywords) b*n (key value)*n c(bitmap)
export const LOAD_BUILD_CLASS = 69; // d

export const GET_ITER = 70; // d a
export const FOR_ITER = 71; // d a t again(by fuse.ts: it stands for a jump back to the one there)
export const SETUP_EXCEPT = 72; // d t: d takes the exception
export const SETUP_FINALLY = 73; // d t
export const SETUP_WITH = 74; // d t a: d = __exit__, d + 1 its self, d + 2 = the value of __enter__ or the exception
export const WITH_CLEANUP = 75; // d a(__exit__, its self next, the state next)
export const POP_EXCEPT_JUMP = 76; // t
export const END_FINALLY = 77; // a
export const UNWIND_JUMP = 78; // t n
export const RETURN = 79; // a
export const RAISE_LAST = 80;
export const RAISE_OBJ = 81; // a
export const RAISE_FROM = 82; // a b
export const YIELD = 83; // d a
export const YIELD_FROM = 84; // d a(iterator) b(what is sent)
export const IMPORT_NAME = 85; // d a(level) b(fromlist) name
export const IMPORT_FROM = 86; // d a name
export const IMPORT_STAR = 87; // a

// Made by fuse.ts.
export const STEP_UP = 91; // d a k op b v t exit: d = a + k, k a constant; if d < b: v = d and on to t, else on to exit
export const STEP_DOWN = 92; // the same with d > b
export const CALL_GLOBAL = 93; // d name n b*n

// Only in the traced variant of a function (profile.ts).
export const ENTER = 88; // raises offset: the frame is entered, or a generator's goes on; `raises`: with what was thrown into it
export const TRACE = 89; // line offset returns(1: the next instruction does; 2: it yields) updates(the frame object)
export const NEW_LINE = 90; // whatever comes next counts as a new line
