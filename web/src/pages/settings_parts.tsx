// SPDX-License-Identifier: Apache-2.0
// What several tabs of the settings are made of.
import { Copy, Dialog, Note } from "../ui/basics";

export const roleWords: Record<string, readonly [string, string]> = {
  viewer: ["閲覧者", "Viewer"],
  engineer: ["技術者", "Engineer"],
  responder: ["対応者", "Responder"],
  assessor: ["評価者", "Assessor"],
  manager: ["責任者", "Manager"],
  admin: ["管理者", "Administrator"],
};

/** Shown once. */
export function Secret({
  title,
  says,
  text,
  more,
  close,
}: {
  title: string;
  says: string;
  text: string;
  more?: string;
  close: () => void;
}) {
  return (
    <Dialog title={title} onClose={close}>
      <div class="stack">
        <Note kind="warn">{says}</Note>
        <pre>{text}</pre>
        {more && <p class="dim">{more}</p>}
        <div class="row">
          <Copy text={text} />
        </div>
      </div>
    </Dialog>
  );
}
