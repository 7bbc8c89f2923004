// Vite's way to put files into the bundle, as far as lessons use it.
interface ImportMeta {
  glob<T>(pattern: string, options: { query: string; import: string; eager: true }): Record<string, T>;
}
