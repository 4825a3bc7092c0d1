// SPDX-License-Identifier: Apache-2.0
import "./style/tokens.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/table.css";
import "./style/pages.css";
import "./style/print.css";
import { render } from "preact";
import { followLinks } from "./app/route";
import { look } from "./app/session";
import { Shell } from "./app/shell";

const root = document.getElementById("app");
if (root) {
  followLinks(document.body);
  render(<Shell />, root);
  void look();
}
