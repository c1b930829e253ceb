import assert from "node:assert/strict";
import { test } from "node:test";
import { type Json, resolved, toTry } from "./reference/description.ts";

test("what may be left out is empty, and its example is told; what must be there keeps it", () => {
  const asked = { in: "query", name: "status", description: "One or more.", example: "new,open" };
  const bare = { in: "query", name: "team_id", example: 7 };
  const needed = { in: "path", name: "number", required: true, example: 1042 };
  const tried = toTry({ paths: { "/tickets": { get: { parameters: [asked, bare, needed] }, post: {} } }, servers: [{ url: "https://help.example.org" }] }, "https://shop.example");

  assert.deepEqual(tried.servers, [{ url: "https://shop.example" }]);
  assert.deepEqual(tried.paths["/tickets"]?.["get"]?.parameters, [
    { in: "query", name: "status", description: "One or more. Such as `new,open`." },
    { in: "query", name: "team_id", description: "Such as `7`." },
    { in: "path", name: "number", required: true, example: 1042 },
  ]);
});

const WHOLE: Json = {
  paths: { "/tickets": { get: { answers: { schema: { $ref: "#/components/schemas/Page", description: "A page." } } } } },
  components: {
    schemas: {
      Page: { title: "Page", description: "Some.", properties: { items: { items: { $ref: "#/components/schemas/Group" } } } },
      Group: { title: "Group", properties: { $ref: { type: "string" }, inner: { $ref: "#/components/schemas/Group" } } },
    },
  },
};

test("what is referred to stands in its place, and what holds itself ends with its name", () => {
  assert.deepEqual(resolved(WHOLE, ["paths", "/tickets", "get"]), {
    answers: {
      schema: {
        title: "Page",
        description: "A page.",
        properties: {
          items: {
            items: {
              title: "Group",
              properties: { $ref: { type: "string" }, inner: { type: "object", title: "Group" } },
            },
          },
        },
      },
    },
  });
  assert.equal(resolved(WHOLE, ["paths", "/nothing", "get"]), undefined);
});
