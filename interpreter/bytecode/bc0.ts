// The opcodes of MicroPython bytecode (py/bc0.h, .mpy v6.3), as plain constants so that a bundler puts the numbers into
// the dispatch loop. Argument encodings: QSTR and VAR_UINT are 7 bits a byte, most significant first; OFFSET is 7 or 15 bits.

export const BASE_QSTR = 0x10;
export const LOAD_CONST_STRING = 0x10; // qstr:  -- str
export const LOAD_NAME = 0x11; // qstr:  -- value
export const LOAD_GLOBAL = 0x12; // qstr:  -- value
export const LOAD_ATTR = 0x13; // qstr: obj -- value
export const LOAD_METHOD = 0x14; // qstr: obj -- meth self|null
export const LOAD_SUPER_METHOD = 0x15; // qstr: super_type self -- meth self
export const STORE_NAME = 0x16; // qstr: value --
export const STORE_GLOBAL = 0x17; // qstr: value --
export const STORE_ATTR = 0x18; // qstr: value obj --
export const DELETE_NAME = 0x19; // qstr: --
export const DELETE_GLOBAL = 0x1a; // qstr: --
export const IMPORT_NAME = 0x1b; // qstr: level fromlist -- module
export const IMPORT_FROM = 0x1c; // qstr: module -- module value

export const MAKE_CLOSURE = 0x20; // child, byte n: cell*n -- fun
export const MAKE_CLOSURE_DEFARGS = 0x21; // child, byte n: def_tuple def_dict cell*n -- fun
export const LOAD_CONST_SMALL_INT = 0x22; // signed: -- int
export const LOAD_CONST_OBJ = 0x23; // index: -- obj
export const LOAD_FAST_N = 0x24; // n: -- value
export const LOAD_DEREF = 0x25; // n: -- value
export const STORE_FAST_N = 0x26; // n: value --
export const STORE_DEREF = 0x27; // n: value --
export const DELETE_FAST = 0x28; // n: --
export const DELETE_DEREF = 0x29; // n: --
export const BUILD_TUPLE = 0x2a; // n: item*n -- tuple
export const BUILD_LIST = 0x2b; // n: item*n -- list
export const BUILD_MAP = 0x2c; // n: -- dict
export const BUILD_SET = 0x2d; // n: item*n -- set
export const BUILD_SLICE = 0x2e; // n (2, 3): start stop [step] -- slice
export const STORE_COMP = 0x2f; // depth<<2|kind: value [key] --
export const UNPACK_SEQUENCE = 0x30; // n: seq -- item*n, first on top
export const UNPACK_EX = 0x31; // left|right<<8: seq -- items, first on top
export const MAKE_FUNCTION = 0x32; // child: -- fun
export const MAKE_FUNCTION_DEFARGS = 0x33; // child: def_tuple def_dict -- fun
export const CALL_FUNCTION = 0x34; // pos|kw<<8: fun arg*pos (key value)*kw -- value
export const CALL_FUNCTION_VAR_KW = 0x35; // pos|kw<<8: fun arg*pos (key value)*kw bitmap -- value
export const CALL_METHOD = 0x36; // pos|kw<<8: fun self|null arg*pos (key value)*kw -- value
export const CALL_METHOD_VAR_KW = 0x37; // pos|kw<<8: fun self|null arg*pos (key value)*kw bitmap -- value

export const UNWIND_JUMP = 0x40; // signed offset, byte n: --
export const JUMP = 0x42; // signed offset: --
export const POP_JUMP_IF_TRUE = 0x43; // signed offset: cond --
export const POP_JUMP_IF_FALSE = 0x44; // signed offset: cond --
export const JUMP_IF_TRUE_OR_POP = 0x45; // offset: cond -- [cond]
export const JUMP_IF_FALSE_OR_POP = 0x46; // offset: cond -- [cond]
export const SETUP_WITH = 0x47; // offset: ctx_mgr -- __exit__ ctx_mgr as_value
export const SETUP_EXCEPT = 0x48; // offset: --
export const SETUP_FINALLY = 0x49; // offset: --
export const POP_EXCEPT_JUMP = 0x4a; // offset: --
export const FOR_ITER = 0x4b; // offset: iter*4 -- iter*4 value | (end)

export const LOAD_CONST_FALSE = 0x50; // -- False
export const LOAD_CONST_NONE = 0x51; // -- None
export const LOAD_CONST_TRUE = 0x52; // -- True
export const LOAD_NULL = 0x53; // -- null
export const LOAD_BUILD_CLASS = 0x54; // -- __build_class__
export const LOAD_SUBSCR = 0x55; // obj index -- value
export const STORE_SUBSCR = 0x56; // value obj index --
export const DUP_TOP = 0x57; // a -- a a
export const DUP_TOP_TWO = 0x58; // a b -- a b a b
export const POP_TOP = 0x59; // a --
export const ROT_TWO = 0x5a; // a b -- b a
export const ROT_THREE = 0x5b; // a b c -- c a b
export const WITH_CLEANUP = 0x5c; // __exit__ ctx_mgr state -- state
export const END_FINALLY = 0x5d; // state --
export const GET_ITER = 0x5e; // obj -- iter
export const GET_ITER_STACK = 0x5f; // obj -- iter*4
export const STORE_MAP = 0x62; // dict value key -- dict
export const RETURN_VALUE = 0x63; // value --
export const RAISE_LAST = 0x64; // --
export const RAISE_OBJ = 0x65; // exc --
export const RAISE_FROM = 0x66; // exc cause --
export const YIELD_VALUE = 0x67; // value -- sent
export const YIELD_FROM = 0x68; // iter sent -- result
export const IMPORT_STAR = 0x69; // module --

export const LOAD_CONST_SMALL_INT_MULTI = 0x70; // + 16 + n, n in -16..47: -- int
export const LOAD_FAST_MULTI = 0xb0; // + n: -- value
export const STORE_FAST_MULTI = 0xc0; // + n: value --
export const UNARY_OP_MULTI = 0xd0; // + op: a -- op a
export const BINARY_OP_MULTI = 0xd7; // + op: a b -- a op b

// py/runtime0.h: unary operations
export const UNARY_POSITIVE = 0;
export const UNARY_NEGATIVE = 1;
export const UNARY_INVERT = 2;
export const UNARY_NOT = 3;

// py/runtime0.h: binary operations
export const BINARY_LESS = 0;
export const BINARY_MORE = 1;
export const BINARY_EQUAL = 2;
export const BINARY_LESS_EQUAL = 3;
export const BINARY_MORE_EQUAL = 4;
export const BINARY_NOT_EQUAL = 5;
export const BINARY_IN = 6;
export const BINARY_IS = 7;
export const BINARY_EXCEPTION_MATCH = 8;
export const BINARY_INPLACE_OR = 9;
export const BINARY_INPLACE_XOR = 10;
export const BINARY_INPLACE_AND = 11;
export const BINARY_INPLACE_LSHIFT = 12;
export const BINARY_INPLACE_RSHIFT = 13;
export const BINARY_INPLACE_ADD = 14;
export const BINARY_INPLACE_SUBTRACT = 15;
export const BINARY_INPLACE_MULTIPLY = 16;
export const BINARY_INPLACE_MAT_MULTIPLY = 17;
export const BINARY_INPLACE_FLOOR_DIVIDE = 18;
export const BINARY_INPLACE_TRUE_DIVIDE = 19;
export const BINARY_INPLACE_MODULO = 20;
export const BINARY_INPLACE_POWER = 21;
export const BINARY_OR = 22;
export const BINARY_XOR = 23;
export const BINARY_AND = 24;
export const BINARY_LSHIFT = 25;
export const BINARY_RSHIFT = 26;
export const BINARY_ADD = 27;
export const BINARY_SUBTRACT = 28;
export const BINARY_MULTIPLY = 29;
export const BINARY_MAT_MULTIPLY = 30;
export const BINARY_FLOOR_DIVIDE = 31;
export const BINARY_TRUE_DIVIDE = 32;
export const BINARY_MODULO = 33;
export const BINARY_POWER = 34;
export const BINARY_DIVMOD = 35;

/** How far INPLACE_x and REVERSE_x are from x. */
export const INPLACE_TO_NORMAL = 13;

// py/runtime0.h: scope flags, in the prelude
export const SCOPE_FLAG_GENERATOR = 1;
export const SCOPE_FLAG_VARKEYWORDS = 2;
export const SCOPE_FLAG_VARARGS = 4;
export const SCOPE_FLAG_DEFKWARGS = 8;

/** Slots that the iterator of a for-loop takes on the value stack (MP_OBJ_ITER_BUF_NSLOTS). */
export const ITER_BUF_NSLOTS = 4;
