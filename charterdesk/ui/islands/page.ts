/* What every page runs: htmx, islands, dialogs and menus, toasts, theme, clocks. Pages work without it. */
import "htmx.org";
import { watchIslands } from "./page/islands.ts";
import { listenForDialogs } from "./page/dialogs.ts";
import { listenForMenus } from "./page/menus.ts";
import { watchSignedOut } from "./page/signedout.ts";
import { watchToasts } from "./page/toasts.ts";
import { listenForTheme } from "./page/theme.ts";
import { watchClocks } from "./page/clocks.ts";

document.documentElement.classList.remove("no-script");
watchIslands(document.body);
listenForDialogs(document);
listenForMenus(document);
watchToasts(document);
watchSignedOut(document);
listenForTheme(document);
watchClocks(document);
