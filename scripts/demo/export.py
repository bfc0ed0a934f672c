"""Write a trained model and its tokenizer as one GGUF file."""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import numpy as np
from tokenizers import Tokenizer
from torch import Tensor

from .model import NORM_EPS, ROPE_BASE, Llama
from .tokenizer import SPECIAL

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def write_gguf(path: Path, name: str, model: Llama, tokenizer: Tokenizer, quantized: bool) -> None:
    """A llama-architecture file: matrices Q8_0 (or F16), norms F32."""
    writer = gguf.GGUFWriter(path, "llama")
    shape = model.shape
    writer.add_name(name)
    writer.add_license("MIT")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(NORM_EPS)
    writer.add_vocab_size(shape.vocabulary)
    kind = gguf.GGMLQuantizationType.Q8_0 if quantized else gguf.GGMLQuantizationType.F16
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if quantized else gguf.LlamaFileType.MOSTLY_F16)
    add_tokenizer(writer, tokenizer)
    for tensor_name, tensor in tensors(model).items():
        values = tensor.detach().numpy().astype(np.float32)
        if values.ndim == 1:
            writer.add_tensor(tensor_name, values)
        else:
            writer.add_tensor(tensor_name, gguf.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_tokenizer(writer: gguf.GGUFWriter, tokenizer: Tokenizer) -> None:
    """Vocabulary, merges, special tokens and chat template."""
    vocabulary = tokenizer.get_vocab()
    entries = sorted(vocabulary, key=vocabulary.__getitem__)
    control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(entries)
    writer.add_token_types([control if entry in SPECIAL else normal for entry in entries])
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_eos_token_id(vocabulary["<|im_end|>"])
    writer.add_pad_token_id(vocabulary["<|endoftext|>"])
    writer.add_bos_token_id(vocabulary["<|endoftext|>"])
    writer.add_add_bos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def tensors(model: Llama) -> dict[str, Tensor]:
    """The names llama.cpp knows for our weights; the output matrix is the embedding."""
    named = {"token_embd.weight": model.embedding, "output_norm.weight": model.last_norm}
    for layer in range(model.shape.layers):
        prefix = f"blk.{layer}"
        for index, part in enumerate(("attn_q", "attn_k", "attn_v", "attn_output")):
            named[f"{prefix}.{part}.weight"] = model.attention[layer, index]
        named[f"{prefix}.ffn_gate.weight"] = model.mlp[layer, 0]
        named[f"{prefix}.ffn_up.weight"] = model.mlp[layer, 1]
        named[f"{prefix}.ffn_down.weight"] = model.mlp[layer, 2].T.contiguous()
        named[f"{prefix}.attn_norm.weight"] = model.norms[layer, 0]
        named[f"{prefix}.ffn_norm.weight"] = model.norms[layer, 1]
    return named
