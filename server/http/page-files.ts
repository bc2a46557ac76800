// The built page: its files, and index.html for every address that the page itself routes.
// For everybody: the page holds nothing but its own code, and signs in through the API.
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { Router } from "express";
import { allowAnybody } from "./access.ts";

/** @param folder What `vite build` made: index.html, and assets/ with a hash in every name. */
export function createPageFiles(folder: string): Router {
  const router = Router();
  const index = join(folder, "index.html");
  router.use(
    "/assets",
    express.static(join(folder, "assets"), { immutable: true, maxAge: "1y", index: false }),
    (_request, response) => void response.status(404).type("text").send("No such file.\n"),
  );
  router.use(express.static(folder, { index: false, cacheControl: false }));
  router.get("/{*path}", allowAnybody("the page holds only its own code"), (_request, response) => {
    response.set("Cache-Control", "no-cache");
    if (existsSync(index)) {
      response.sendFile(index);
    } else {
      response.status(503).type("text").send("The page is not built: npm start builds it.\n");
    }
  });
  return router;
}
