// Files that Vite bundles and TypeScript does not know.
declare module "*.css";
