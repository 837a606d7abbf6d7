"""The arithmetic of the int8 graph, in training: the network learns weights that survive being rounded.

As `export.py` writes it: weights symmetric in 7 bits with a scale for each output of a layer; embeddings in 8 bits with one scale and offset a table;
activations in 8 bits with one scale and offset a tensor (ONNX's DynamicQuantizeLinear). Gradients pass the rounding unchanged (Bengio et al. 2013; Jacob et al. 2018).
"""

import types

import torch

WEIGHT_LEVELS = 64


def quantised(network):
    """The same network, computing in rounded numbers from now on; names and shapes of its weights stay."""
    for module in network.modules():
        if isinstance(module, torch.nn.Linear):
            module.forward = types.MethodType(_linear, module)
        elif isinstance(module, torch.nn.Embedding):
            module.forward = types.MethodType(_embedding, module)
    return network


def _linear(module, states):
    return torch.nn.functional.linear(_activations(states), _weights(module.weight), module.bias)


def _embedding(module, ids):
    rows = torch.nn.functional.embedding(ids, module.weight, module.padding_idx)
    return rows + (_rounded(rows.detach(), *module.weight.detach().aminmax()) - rows.detach())


def _weights(weight):
    fixed = weight.detach()
    scale = fixed.abs().amax(1, keepdim=True).clamp(min=1e-12) / WEIGHT_LEVELS
    return weight + ((fixed / scale).round() * scale - fixed)


def _activations(states):
    fixed = states.detach().float()
    return states + (_rounded(fixed, *fixed.aminmax()).to(states.dtype) - states.detach())


def _rounded(values, low, high):
    low, high = low.clamp(max=0), high.clamp(min=0)
    scale = ((high - low) / 255).clamp(min=1e-12)
    zero = (-low / scale).round()
    return (((values / scale).round() + zero).clamp(0, 255) - zero) * scale
