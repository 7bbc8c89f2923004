// complex (py/objcomplex.c): the object and its arithmetic.
import { PyObj, typeComplex, type PyType } from "./obj.ts";

export class PyComplex extends PyObj {
  declare type: PyType;
  readonly re: number;
  readonly im: number;
  constructor(re: number, im: number) {
    super();
    this.re = re;
    this.im = im;
  }
}
PyComplex.prototype.type = typeComplex;
