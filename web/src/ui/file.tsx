// SPDX-License-Identifier: Apache-2.0
// A button that asks for a file.
import { useRef } from "preact/hooks";
import { Icon } from "./icons";

export function FileButton({
  label,
  take,
  accept,
  primary,
}: {
  label: string;
  take: (file: File) => void;
  accept?: string;
  primary?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={primary ? "primary" : "secondary"} onClick={() => input.current?.click()}>
        <Icon name="import" size={16} />
        {label}
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          e.currentTarget.value = "";
          if (file) take(file);
        }}
      />
    </>
  );
}
