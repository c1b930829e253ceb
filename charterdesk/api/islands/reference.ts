/* The interactive page: Swagger UI on our description, signed in by the session, with the token that changes need. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { type Description, type Json, resolved, toTry } from "./reference/description.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
const chosen = document.documentElement.dataset.theme;
const follow = () =>
  document.documentElement.classList.toggle("dark-mode", chosen ? chosen === "dark" : dark.matches);
dark.addEventListener("change", follow);
follow();

type System = { specActions: { updateJsonSpec(said: Description): unknown }; layoutSelectors: { currentFilter(): unknown } };
type Shown = (what: readonly string[], usual?: boolean) => unknown;

/** Ours in place of what Swagger UI does to a description for seconds: it reads JSON as YAML, and resolves the whole of
 * it for each operation. And what the filter leaves stands open. */
const ours = () => ({
  fn: { resolveSubtree: async (whole: Json, path: string[]) => ({ spec: resolved(whole, path), errors: [] }) },
  statePlugins: {
    spec: {
      actions: {
        parseToJson: (text: string) => (system: System) =>
          system.specActions.updateJsonSpec(toTry(JSON.parse(text) as Description, location.origin)),
      },
    },
    layout: {
      wrapSelectors: {
        isShown: (asIs: Shown, system: System) => (_state: unknown, what: readonly string[], usual?: boolean) => {
          const filter = system.layoutSelectors.currentFilter();
          return (what[0] === "operations-tag" && typeof filter === "string" && filter !== "") || asIs(what, usual);
        },
      },
    },
  },
});

const place = document.getElementById("reference");
if (place?.dataset.description) {
  SwaggerUI({
    domNode: place,
    url: place.dataset.description,
    plugins: [ours],
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    filter: true,
    tryItOutEnabled: true,
    persistAuthorization: false,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor(request: { method?: string; headers: Record<string, string> }) {
      const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
      if (token && request.method && !["GET", "HEAD"].includes(request.method.toUpperCase())) {
        request.headers["X-CSRFToken"] = token;
      }
      return request;
    },
  });
}
