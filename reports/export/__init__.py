"""The data of one programme for other programs: CSV, XLSX and SPSS, always with a codebook and DDI beside them."""
