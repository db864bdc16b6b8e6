"""The diagram of the process: laid out in millimetres, drawn as SVG and BPMN.

Start with `export`, then `pages`.
"""
