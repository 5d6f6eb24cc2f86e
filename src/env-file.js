// JavaScript, for the reason given in main.js. Loaded before a command by its script in package.json, and by nothing else: what a
// test or the demonstration starts must not hear of anybody's real accounts. Node's own --env-file-if-exists writes a line wherever
// there is no file.
try {
  process.loadEnvFile(".env");
} catch (error) {
  if (error.code !== "ENOENT") {
    process.stderr.write(`.env cannot be read (${error.code}): correct it, or remove it.\n`);
    process.exit(1);
  }
}
