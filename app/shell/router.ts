// Addresses of pages: everything is in the fragment, so any static host serves them all and share links never reach a server.

export type Route =
  | { readonly page: "home" }
  | { readonly page: "project"; readonly id: string }
  | { readonly page: "lessons" }
  | { readonly page: "lesson"; readonly id: string }
  | { readonly page: "settings" }
  | { readonly page: "about" }
  | { readonly page: "shared"; readonly fragment: string }
  | { readonly page: "missing" };

/** The route of a location's hash. */
export function parseRoute(hash: string): Route {
  if (hash.startsWith("#share=")) return { page: "shared", fragment: hash };
  const [page = "", id = "", more] = hash.replace(/^#?\/?/, "").split("/");
  if (more !== undefined) return { page: "missing" };
  switch (page) {
    case "":
      return { page: "home" };
    case "project":
    case "lesson":
      return id ? { page, id: decodeURIComponent(id) } : { page: "missing" };
    case "lessons":
    case "settings":
    case "about":
      return id === "" ? { page } : { page: "missing" };
    default:
      return { page: "missing" };
  }
}

/** The address of a page, for links. */
export function address(route: Exclude<Route, { page: "missing" | "shared" }>): string {
  if (route.page === "home") return "#/";
  return "id" in route ? `#/${route.page}/${encodeURIComponent(route.id)}` : `#/${route.page}`;
}

export function go(route: Exclude<Route, { page: "missing" | "shared" }>): void {
  location.hash = address(route);
}
