// SPDX-License-Identifier: Apache-2.0
// The parts of ECharts that are used, in a file of their own that pages with charts load.
import { BarChart, LineChart, SankeyChart, GraphChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  BarChart,
  LineChart,
  SankeyChart,
  GraphChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);
export { echarts };
