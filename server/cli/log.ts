// `npm run log -- …`: what is in a flight log, for people and for scripts.
import { runLogCommand } from "./log-command.ts";

// Whoever reads us may have seen enough (`| head`): that ends the work, and is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const refusal = await runLogCommand(
  process.argv.slice(2),
  (text) => new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve())),
);
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
}
