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
