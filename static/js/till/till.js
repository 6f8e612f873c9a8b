// The till's page. Each module is one behaviour, bound by data attributes.
import "./customer.js";
import "./errors.js";
import "./focus.js";
import "./goods.js";
import "./keys.js";
import "./lines.js";
import "./lock.js";
import "./pay.js";
import "./print.js";
import "./refresh.js";
import "./scanner.js";
import "./search.js";
import "./sheet.js";
import "./submit.js";
import "./tell.js";
import "./tour.js";

// What selling without a connection needs comes once the till can be worked with.
if (document.querySelector("#offline")) {
  window.addEventListener("load", () => setTimeout(() => import("./offline/start.js")));
}
