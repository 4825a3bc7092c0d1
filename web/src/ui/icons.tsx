// SPDX-License-Identifier: Apache-2.0
// Our own small set of line icons, 20 × 20.
const shapes = {
  today:
    "M10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.4 1.4M13.6 13.6 15 15M15 5l-1.4 1.4M6.4 13.6 5 15M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  impact: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 9.9v.2",
  cases: "M4 6h12v10H4zM7.5 6V4h5v2M4 10.5h12",
  products: "M10 3l6.5 3.5v7L10 17l-6.5-3.5v-7zM3.5 6.5 10 10l6.5-3.5M10 10v7",
  components: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM13.5 11v5M11 13.5h5",
  conformity: "M10 3l6 2.2v4.3c0 3.8-2.6 6.4-6 7.5-3.4-1.1-6-3.7-6-7.5V5.2zM7.3 10l2 2 3.6-3.8",
  decisions: "M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h3",
  log: "M5 5h10M5 10h10M5 15h10M3 5v.01M3 10v.01M3 15v.01",
  import: "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 14v3h12v-3",
  settings: "M4 6h7M15 6h1M4 14h1M9 14h7M13 4v4M7 12v4",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4M12.7 12.7 16.5 16.5",
  menu: "M3 6h14M3 10h14M3 14h14",
  close: "M5 5l10 10M15 5 5 15",
  right: "M8 5l5 5-5 5",
  down: "M5 8l5 5 5-5",
  download: "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16h12",
  check: "M4 10.5l4 4 8-9",
  cross: "M5 5l10 10M15 5 5 15",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.2v.1",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1",
  keyboard:
    "M2.5 5.5h15v9h-15zM5 8h.01M7.5 8h.01M10 8h.01M12.5 8h.01M15 8h.01M5 10.2h.01M15 10.2h.01M6.5 12.3h7",
  moon: "M16 11.8A6.5 6.5 0 1 1 8.2 4a5.2 5.2 0 0 0 7.8 7.8",
  out: "M8 4H4v12h4M12 6.5 15.5 10 12 13.5M15.5 10H8",
  print: "M6 8V3h8v5M6 14H4V8h12v6h-2M6 12h8v5H6z",
  file: "M5 3h7l3 3v11H5zM12 3v3h3",
  link: "M8.5 11.5l3-3M7 9l-1.7 1.7a2.6 2.6 0 0 0 3.7 3.7L10.7 13M13 11l1.7-1.7a2.6 2.6 0 0 0-3.7-3.7L9.3 7",
  plus: "M10 4v12M4 10h12",
  key: "M7 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M9.5 9.5 16 3M13 6l2.5 2.5",
  findings:
    "M10 3a5 5 0 0 0-5 5v5a5 5 0 0 0 10 0V8a5 5 0 0 0-5-5M5 8h10M10 8v10M2.5 6 5 8M17.5 6 15 8M2.5 12H5M15 12h2.5",
} as const;
export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
