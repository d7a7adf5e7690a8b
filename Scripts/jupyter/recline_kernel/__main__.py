"""What kernel.json starts."""

from ipykernel.kernelapp import IPKernelApp

from .kernel import ReclineKernel

IPKernelApp.launch_instance(kernel_class=ReclineKernel)
