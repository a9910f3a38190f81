"""A server on 127.0.0.1 that speaks the chat-completions protocol from a script.

A step is a dict: {"json": object} or {"content": text} for an answer, {"status": 429, "headers":
…, "error": …} for an error, {"raw": text} for a body that is no JSON, {"finish": "length"},
{"refusal": text}, {"hang": seconds} for no answer in time, {"drop": True} for a cut connection.
The script is a list of steps (the last one repeats) or a callable from the request to a step.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = dict[str, Any]
Script = Sequence[Step] | Callable[[dict[str, Any]], Step]


@dataclass
class Loopback:
    base_url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def users(self) -> list[Any]:
        """The user message of each request, read as JSON where it is JSON."""
        return [user(r) for r in self.requests]


def user(request: dict[str, Any]) -> Any:
    text = request["messages"][1]["content"]
    try:
        return json.loads(text)
    except ValueError:
        return text


def schema_errors(request: dict[str, Any]) -> list[str]:
    """Why a real server would not take the request's structured-output schema."""
    form = request.get("response_format") or {}
    if form.get("type") != "json_schema" or not form["json_schema"].get("strict"):
        return ["no strict json_schema"]
    errors: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                if node.get("additionalProperties") is not False:
                    errors.append("additionalProperties must be false")
                if sorted(node.get("required", [])) != sorted(node.get("properties", {})):
                    errors.append("every property must be required")
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(form["json_schema"]["schema"])
    return errors


def completion(step: Step, request: dict[str, Any]) -> dict[str, Any]:
    content = json.dumps(step["json"]) if "json" in step else step.get("content")
    sent = sum(len(m["content"]) for m in request["messages"])
    usage = {"prompt_tokens": sent // 4, "completion_tokens": len(content or "") // 4}
    return {
        "id": "chatcmpl-loopback",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [
            {
                "index": 0,
                "finish_reason": step.get("finish", "stop"),
                "message": {
                    "role": "assistant",
                    "content": content,
                    "refusal": step.get("refusal"),
                },
            }
        ],
        "usage": {**usage, "total_tokens": sum(usage.values())},
    }


@contextmanager
def serve(script: Script) -> Iterator[Loopback]:
    closing, lock = threading.Event(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                seen.requests.append(request)
                seen.headers.append({k.lower(): v for k, v in self.headers.items()})
                turn = len(seen.requests) - 1
                step = script(request) if callable(script) else script[min(turn, len(script) - 1)]
            if self.path != "/v1/chat/completions":
                step = {"status": 404, "error": {"message": "no such path"}}
            elif errors := schema_errors(request):
                step = {"status": 400, "error": {"code": "invalid_schema", "message": str(errors)}}
            if "hang" in step:
                closing.wait(step["hang"])
            if "hang" in step or step.get("drop"):
                self.close_connection = True
                return
            status = step.get("status", 200)
            body = step["raw"] if "raw" in step else json.dumps(
                completion(step, request) if status == 200 else {"error": step.get("error", {})}
            )  # fmt: skip
            data = body.encode()
            self.send_response(status)
            headers = {"Content-Type": "application/json", **step.get("headers", {})}
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    seen = Loopback(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
