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
export const mayWords: Record<string, readonly [string, string]> = {
  self: ["自分の設定", "own settings"],
  read: ["閲覧", "read"],
  upload: ["取り込み", "upload"],
  respond: ["対応", "respond"],
  assess: ["評価", "assess"],
  manage: ["管理", "manage"],
  admin: ["全体の設定", "administer"],
};
export const howWords: Record<string, readonly [string, string]> = {
  password: ["パスワード", "Password"],
  totp: ["パスワードとコード", "Password and code"],
  first: ["最初のリンク", "First link"],
  invitation: ["招待", "Invitation"],
  passkey: ["パスキー", "Passkey"],
  oidc: ["シングルサインオン", "Single sign-on"],
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
