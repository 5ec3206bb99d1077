"""The Report value and its faces: PDF, PPTX, XLSX, HTML, CSV and Kolada rows."""
