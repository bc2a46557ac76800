// The addresses of the pages, as patterns of the page's router. The server answers these with the
// page, and all others as not found; client/app/routes.tsx routes them.

/** Every address that shows a page; `:name` stands for one part. */
export const pageAddresses = [
  "/",
  "/sign-in",
  "/api/docs",
  "/book",
  "/control",
  "/replay",
  "/replay/:flightId",
  "/manage",
] as const;
