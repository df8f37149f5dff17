"""The history page in FastAPI: who is logged in, their ten newest interviews, a template."""
import hashlib
import os
import secrets
import sqlite3
from datetime import datetime, timezone

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader

app = FastAPI(openapi_url=None)
folder = os.path.dirname(os.path.abspath(__file__))
page = Environment(loader=FileSystemLoader([folder, os.environ["BENCH_FRAME"]]), autoescape=True).get_template("page.jinja")
database = sqlite3.connect(f"file:{os.environ['VIVA_VAR']}/viva.db", uri=True, cached_statements=32)
database.row_factory = sqlite3.Row

USER = """SELECT u.id, u.username, u.language FROM web_sessions s JOIN users u ON u.id = s.user_id
  WHERE s.token_hash = ? AND s.expires_at > ? AND u.disabled_at IS NULL"""
ROWS = """SELECT i.id, o.title_en AS role, i.type, i.level, i.status, i.language, i.created_at, r.total_score, r.max_score
  FROM interviews i JOIN roles o ON o.id = i.role_id LEFT JOIN reports r ON r.interview_id = i.id
  WHERE i.owner_id = ? ORDER BY i.created_at DESC, i.id DESC LIMIT 10"""


@app.get("/bench-fastapi")
async def history(request: Request):
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    token = hashlib.blake2b(request.cookies.get("viva_session", "").encode(), digest_size=32).hexdigest()
    user = database.execute(USER, (token, now)).fetchone()
    if user is None:
        return RedirectResponse("/login")
    count = database.execute("SELECT count(*) FROM interviews WHERE owner_id = ?", (user["id"],)).fetchone()[0]
    rows = [
        {**row, "nonce": secrets.token_hex(16),
         "date": datetime.fromtimestamp(row["created_at"] / 1000, timezone.utc).strftime("%d.%m.%Y %H:%M")}
        for row in map(dict, database.execute(ROWS, (user["id"],)))
    ]
    return HTMLResponse(page.render(rows=rows, count=count, user=user), headers={"Cache-Control": "no-store"})
