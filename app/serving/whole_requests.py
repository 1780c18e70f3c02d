"""A process of the web server in which slow clients hold no thread: waitress gathers each request before it is done.

Gunicorn's own threads wait for a client that sends its request slowly, so that as many such clients as there are
threads stop the service. Here one thread does all the receiving and sending, and only whole requests go to the others.
"""

import logging
import os
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from app.serving.collector import collect_between_steps

THREADS = 8
HEAD_SECONDS = 10  # for the lines of a request, from its first byte on
WHOLE_SECONDS = 300  # for all of it: 20 MB at half a megabit a second
IDLE_SECONDS = 30  # without a byte in either direction
CONNECTIONS_MAX = 900  # below the usual limit of open files of a process
HEAD_BYTES_MAX = 64 * 1024
BODY_BYTES_MAX = 64 * 1024 * 1024  # the application refuses far less, with a page that says so
ANSWER_BYTES_MAX = 256 * 1024 * 1024  # kept in a file while a client reads slowly; beyond it a thread waits


class Channel(HTTPChannel):
    """A connection that knows since when it has been receiving the request that is not complete yet."""

    begun_at = 0.0

    def received(self, data: bytes) -> bool:
        before = self.request
        is_taken: bool = super().received(data)
        if self.request is not before:
            self.begun_at = time.time()
        return is_taken

    def is_too_slow(self, now: float) -> bool:
        if self.request is None:
            return False
        return now - self.begun_at > (WHOLE_SECONDS if self.request.headers_finished else HEAD_SECONDS)


class Gatherer(TcpWSGIServer):
    """Receives requests on a socket, and closes connections that take too long."""

    channel_class = Channel

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.is_too_slow(now):
                channel.will_close = True

    def is_busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self.active_channels.values())


class WholeRequests(Worker):
    """Gunicorn's frame around waitress."""

    def run(self) -> None:
        collect_between_steps()
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits for a thread is no fault
        map_: dict[int, Any] = {}
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(THREADS)
        gatherers = [self.gatherer_on(listener.sock, map_, threads) for listener in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self.turn(map_)
        for one in gatherers:
            one.accepting = False
        until = time.monotonic() + self.cfg.graceful_timeout
        while any(one.is_busy() for one in gatherers) and time.monotonic() < until:
            self.turn(map_)
        threads.shutdown(timeout=1)

    def gatherer_on(self, listener: Any, map_: dict[int, Any], threads: ThreadedTaskDispatcher) -> Gatherer:
        adjustments = Adjustments(
            threads=THREADS,
            connection_limit=CONNECTIONS_MAX,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=1,
            max_request_header_size=HEAD_BYTES_MAX,
            max_request_body_size=BODY_BYTES_MAX,
            outbuf_high_watermark=ANSWER_BYTES_MAX,
            clear_untrusted_proxy_headers=False,  # whom to believe is decided where RPE_PROXIES is read
            log_socket_errors=False,
            ident=None,
        )
        about = (listener.family, listener.type, listener.proto, listener.getsockname())
        return Gatherer(
            self.wsgi, map_, _sock=listener, dispatcher=threads, adj=adjustments, sockinfo=about, bind_socket=False
        )

    def turn(self, map_: dict[int, Any]) -> None:
        """Receive and send what there is, for a second at most, and tell gunicorn that all is well."""
        self.notify()
        wasyncore.loop(timeout=1.0, use_poll=True, map=map_, count=1)
