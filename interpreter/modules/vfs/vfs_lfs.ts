import { PyType } from "../../objects/obj.ts";
export const typeVfsLfs1 = new PyType("VfsLfs1");
export const typeVfsLfs2 = new PyType("VfsLfs2");
