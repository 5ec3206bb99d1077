"""One chart module: a ChartSpec drawn as accessible SVG (web, PDF) or as a native chart (PPTX, XLSX)."""
