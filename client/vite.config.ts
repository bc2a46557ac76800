// How the page is built: `vite build client` into dist/client, which the web process serves.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const serverInDevelopment = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  // The map engines bring workers that are modules.
  worker: { format: "es" },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    sourcemap: false,
    // The map engines are big, and loaded only where a map is shown.
    chunkSizeWarningLimit: 1_500,
  },
  server: {
    proxy: {
      "/api": serverInDevelopment,
      "/health": serverInDevelopment,
      "/socket.io": { target: serverInDevelopment, ws: true },
    },
  },
});
