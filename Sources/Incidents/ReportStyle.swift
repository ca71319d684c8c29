/// How the report looks, on a screen and on paper.
enum ReportStyle {
    static let css = """
        :root{color-scheme:light}
        body{font:14px/1.5 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;
        color:#1c2430;background:#fff;max-width:1100px;margin:0 auto;padding:24px}
        header{border-left:6px solid #c62828;padding-left:14px;margin-bottom:14px}
        header p{margin:0;color:#5b6675;font-size:13px}
        h1{font-size:24px;line-height:1.3;margin:2px 0}
        h2{font-size:17px;margin:26px 0 8px;border-bottom:1px solid #d5dae1;padding-bottom:4px}
        h2 span{font-weight:400;color:#5b6675;font-size:14px;margin-left:4px}
        table{border-collapse:collapse;width:100%}
        .facts th{width:150px;text-align:left;color:#5b6675;font-weight:400;padding:2px 10px 2px 0;vertical-align:top;
        white-space:nowrap}
        .facts td{padding:2px 0;overflow-wrap:anywhere}
        .list th{text-align:left;font-weight:600;font-size:12px;color:#5b6675;border-bottom:1px solid #aab3bf;
        padding:4px 8px 4px 0;white-space:nowrap}
        .list td{border-bottom:1px solid #e6e9ee;padding:3px 8px 3px 0;vertical-align:top;overflow-wrap:anywhere}
        .list .number{text-align:right}.list td:first-child{white-space:nowrap}
        .list tr.raised td{background:#fdecea}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .note{background:#f2f5f9;border-left:4px solid #7d8da1;padding:6px 10px;margin:8px 0}
        .warn{background:#fff4e0;border-color:#e08a00}
        code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:12.5px}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(460px,1fr));gap:14px}
        figure{margin:0;border:1px solid #e0e4ea;border-radius:4px;padding:8px;break-inside:avoid}
        figure.alarmed{border-color:#c62828;grid-column:1/-1}
        figcaption{font-size:13px;margin-bottom:2px}
        svg{width:100%;height:auto;display:block}
        svg text{font-size:10px;fill:#5b6675}
        svg .name{fill:#b26a00}
        .grid{stroke:#eceff3;fill:none}
        .axis{stroke:#8a94a3;fill:none}
        svg .line{stroke:#1565c0;stroke-width:1.3;fill:none;stroke-linejoin:round;stroke-linecap:round}
        .envelope{stroke:#1565c0;stroke-width:1.7;fill:none}
        svg .limit{stroke:#e08a00;stroke-width:1;stroke-dasharray:6 3;fill:none}
        svg .outer{stroke:#c62828}
        .moment{stroke:#c62828;stroke-width:1.4;stroke-dasharray:2 2;fill:none}
        .active{fill:#fdecea}
        .uncertain{fill:#fff;stroke:#e08a00;stroke-width:1.2}
        svg .bad{stroke:#c62828;stroke-width:1.6;fill:none}
        .none{color:#5b6675;margin:8px 0}
        .legend{font-size:12px;color:#5b6675}
        .legend i{display:inline-block;margin:0 4px 0 12px;vertical-align:middle}
        .legend i:first-child{margin-left:0}
        .legend .line{width:18px;border-top:2px solid #1565c0}
        .legend .ring{width:6px;height:6px;border:1.5px solid #e08a00;border-radius:50%}
        .legend .tick{width:0;height:10px;border-left:2px solid #c62828}
        .legend .dash{width:0;height:12px;border-left:2px dotted #c62828}
        .legend .shade{width:14px;height:10px;background:#fdecea;border:1px solid #f4c7c3}
        .legend .limit{width:18px;border-top:2px dashed #e08a00}
        footer{margin-top:26px;color:#5b6675;font-size:12px;border-top:1px solid #d5dae1;padding-top:8px}
        @page{size:A4;margin:14mm}
        @media print{body{padding:0;max-width:none;font-size:11px}h1{font-size:19px}h2{break-after:avoid;font-size:14px}
        svg text{font-size:15px}.alarmed svg text{font-size:13px}
        tr{break-inside:avoid}.plots{grid-template-columns:1fr 1fr;gap:8px}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """
}
