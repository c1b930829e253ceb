/* The interactive page: Swagger UI on our description, signed in by the session, with the token that changes need. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const chosen = document.documentElement.dataset.theme;
const follow = () =>
  document.documentElement.classList.toggle("dark-mode", chosen ? chosen === "dark" : dark.matches);
dark.addEventListener("change", follow);
follow();

const place = document.getElementById("reference");
if (place?.dataset.description) {
  SwaggerUI({
    domNode: place,
    url: place.dataset.description,
    deepLinking: true,
    docExpansion: "list",
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
