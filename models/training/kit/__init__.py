"""The trunk, the manifest, ONNX export, metrics and plots."""
