-- rows of 1.*.sql
INSERT INTO consultations ("id", "title", "created", "files", "mapping", "consultation_fp", "llm_enabled", "source") VALUES
  ('c1', 'title 1', 1700000001.25, '[{"name": "a.csv", "sha256": "x"}]', 'mapping 1', NULL, 0, 'source 1');
INSERT INTO consultations ("id", "title", "created", "files", "mapping", "consultation_fp", "llm_enabled", "source") VALUES
  ('c2', 'title 2', 1700000002.25, '[{"name": "a.csv", "sha256": "x"}]', 'mapping 2', NULL, 1, 'source 2');
INSERT INTO jobs ("id", "consultation_id", "state", "created", "started", "finished", "stage", "title", "stage_started", "done", "total", "cancel", "worker", "lease", "attempts", "message") VALUES
  (1, 'c1', 'done', 1700000001.25, 1700000001.25, 1700000001.25, 'stage 1', 'title 1', 1700000001.25, 1, 1, 0, NULL, NULL, 1, 'message 1');
INSERT INTO jobs ("id", "consultation_id", "state", "created", "started", "finished", "stage", "title", "stage_started", "done", "total", "cancel", "worker", "lease", "attempts", "message") VALUES
  (2, 'c2', 'queued', 1700000002.25, 1700000002.25, 1700000002.25, 'stage 2', 'title 2', 1700000002.25, 2, 2, 1, NULL, NULL, 2, 'message 2');
INSERT INTO runs ("id", "consultation_id", "created", "fingerprints", "meta") VALUES
  ('id 1', 'c1', 1700000001.25, '{"k": [1, "\u00e9"]}', '{"k": [1, "\u00e9"]}');
INSERT INTO runs ("id", "consultation_id", "created", "fingerprints", "meta") VALUES
  ('id 2', 'c2', 1700000002.25, '{"k": [2, "\u00e9"]}', '{"k": [2, "\u00e9"]}');
INSERT INTO workers ("id", "beat") VALUES
  ('id 1', 1.0);
INSERT INTO workers ("id", "beat") VALUES
  ('id 2', 1.0);
