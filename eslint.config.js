// Lint rules: typescript-eslint at its strictest, the house rules (tests/tidy/house-rules.mjs,
// which the tidy test holds too), and traps of the machine's own time zone.
import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import tseslint from "typescript-eslint";
import { houseConfig } from "./tests/tidy/house-rules.mjs";

/** Methods that answer in the time zone of the machine. */
const localTime = [
  "getFullYear|getMonth|getDate|getDay|getHours|getMinutes|getSeconds|getTimezoneOffset",
  "setFullYear|setMonth|setDate|setHours|setMinutes|setSeconds",
  "toDateString|toTimeString|toLocaleDateString|toLocaleTimeString",
].join("|");

const timeZoneTraps = [
  {
    selector: `CallExpression > MemberExpression[property.name=/^(${localTime})$/]`,
    message: "This follows the time zone of the machine: use epoch milliseconds or UTC parts.",
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length>1]',
    message: "new Date(y, m, …) follows the time zone of the machine: use Date.UTC.",
  },
  {
    selector:
      ':matches(NewExpression, CallExpression)[callee.object.name="Intl"]' +
      '[callee.property.name="DateTimeFormat"][arguments.length<2]',
    message: "Name the time zone: new Intl.DateTimeFormat(locale, { timeZone: … }).",
  },
];

export default defineConfig(
  globalIgnores(["dist/", "data/", "node_modules/", ".cache/", "tests/golden/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...houseConfig,
  {
    files: ["**/*.{js,mjs}"],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "no-restricted-syntax": ["error", ...timeZoneTraps],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers are most of what our messages hold.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Routes and event handlers may be async: Express and React take the promise.
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["client/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended, a11y.configs.strict],
  },
  {
    files: ["tests/**/*.{ts,tsx}"],
    rules: {
      // Fakes of our ports are async because the port is, and do nothing where nothing is asked.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      // Answers of the API under test are read as they came.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },
);
