-- rows of 4.*.sql
INSERT INTO audit ("id", "at", "who", "action", "consultation_id", "detail", "previous", "hash") VALUES
  (1, 1700000001.25, 'who 1', 'action 1', 'c1', 'detail 1', '', 'e027469f390e535084fc4ae87373660a1d6d9e366082bd08069b866354eea7bf');
INSERT INTO audit ("id", "at", "who", "action", "consultation_id", "detail", "previous", "hash") VALUES
  (2, 1700000002.25, 'who 2', 'action 2', 'c2', 'detail 2', 'e027469f390e535084fc4ae87373660a1d6d9e366082bd08069b866354eea7bf', '435e8bb45b6cd62acbfe3b746ad2f675f6cc0c057aef153b2f8e2c297355c6bd');
INSERT INTO audit_head ("id", "line", "hash") VALUES
  (1, 2, '435e8bb45b6cd62acbfe3b746ad2f675f6cc0c057aef153b2f8e2c297355c6bd');
INSERT INTO blind_codes ("id", "consultation_id", "number", "response_id", "coder", "theme_ids", "note", "at") VALUES
  (1, 'c1', 1, 'response_id 1', 'coder 1', '{"k": [1, "\u00e9"]}', 'note 1', 1700000001.25);
INSERT INTO blind_codes ("id", "consultation_id", "number", "response_id", "coder", "theme_ids", "note", "at") VALUES
  (2, 'c2', 2, 'response_id 2', 'coder 2', '{"k": [2, "\u00e9"]}', 'note 2', 1700000002.25);
INSERT INTO blind_samples ("consultation_id", "number", "question_id", "run_id", "rule", "seed", "size", "created", "who", "drawn", "themes") VALUES
  ('c1', 1, 'question_id 1', 'run_id 1', 'rule 1', 1, 1, 1700000001.25, 'who 1', '[]', '["t1"]');
INSERT INTO blind_samples ("consultation_id", "number", "question_id", "run_id", "rule", "seed", "size", "created", "who", "drawn", "themes") VALUES
  ('c2', 2, 'question_id 2', 'run_id 2', 'rule 2', 2, 2, 1700000002.25, 'who 2', '[]', '["t1"]');
INSERT INTO considerations ("id", "consultation_id", "kind", "number", "theme_id", "who", "email", "role", "at", "text") VALUES
  (1, 'c1', 'kind 1', 1, 'theme_id 1', 'who 1', 'email 1', 'role 1', 1700000001.25, '{"note": "n"}');
INSERT INTO considerations ("id", "consultation_id", "kind", "number", "theme_id", "who", "email", "role", "at", "text") VALUES
  (2, 'c2', 'kind 2', 2, 'theme_id 2', 'who 2', 'email 2', 'role 2', 1700000002.25, '{"note": "n"}');
INSERT INTO consultations ("id", "title", "created", "files", "mapping", "consultation_fp", "llm_enabled", "source", "multilingual", "keep_themes") VALUES
  ('c1', 'title 1', 1700000001.25, '[{"name": "a.csv", "sha256": "x"}]', 'mapping 1', NULL, 0, 'source 1', 0, 0);
INSERT INTO consultations ("id", "title", "created", "files", "mapping", "consultation_fp", "llm_enabled", "source", "multilingual", "keep_themes") VALUES
  ('c2', 'title 2', 1700000002.25, '[{"name": "a.csv", "sha256": "x"}]', 'mapping 2', NULL, 1, 'source 2', 1, 1);
INSERT INTO editions ("consultation_id", "number", "title", "run_id", "counting", "created", "hashes", "digest", "changes", "checklist") VALUES
  ('c1', 1, 'title 1', 'run_id 1', 'counting 1', 1700000001.25, '{"k": [1, "\u00e9"]}', 'digest 1', '["first"]', '[]');
INSERT INTO editions ("consultation_id", "number", "title", "run_id", "counting", "created", "hashes", "digest", "changes", "checklist") VALUES
  ('c2', 2, 'title 2', 'run_id 2', 'counting 2', 1700000002.25, '{"k": [2, "\u00e9"]}', 'digest 2', '["first"]', '[]');
INSERT INTO hand_labels ("id", "consultation_id", "measure", "about", "value", "who", "at", "start", "end", "why", "of") VALUES
  (1, 'c1', 'position', 'about 1', 'value 1', 'who 1', 1700000001.25, 3, 9, 'why 1', 'of 1');
INSERT INTO hand_labels ("id", "consultation_id", "measure", "about", "value", "who", "at", "start", "end", "why", "of") VALUES
  (2, 'c2', 'position', 'about 2', 'value 2', 'who 2', 1700000002.25, 3, 9, 'why 2', 'of 2');
INSERT INTO jobs ("id", "consultation_id", "state", "created", "started", "finished", "stage", "title", "stage_started", "done", "total", "cancel", "worker", "lease", "attempts", "message") VALUES
  (1, 'c1', 'done', 1700000001.25, 1700000001.25, 1700000001.25, 'stage 1', 'title 1', 1700000001.25, 1, 1, 0, NULL, NULL, 1, 'message 1');
INSERT INTO jobs ("id", "consultation_id", "state", "created", "started", "finished", "stage", "title", "stage_started", "done", "total", "cancel", "worker", "lease", "attempts", "message") VALUES
  (2, 'c2', 'queued', 1700000002.25, 1700000002.25, 1700000002.25, 'stage 2', 'title 2', 1700000002.25, 2, 2, 1, NULL, NULL, 2, 'message 2');
INSERT INTO not_before ("email", "at") VALUES
  ('email 1', 1700000001.25);
INSERT INTO not_before ("email", "at") VALUES
  ('email 2', 1700000002.25);
INSERT INTO redaction_edits ("id", "consultation_id", "response_id", "start", "end", "kind", "action", "who", "at", "why", "of") VALUES
  (1, 'c1', 'response_id 1', 3, 9, 'kind 1', 'action 1', 'who 1', 1700000001.25, 'why 1', 'of 1');
INSERT INTO redaction_edits ("id", "consultation_id", "response_id", "start", "end", "kind", "action", "who", "at", "why", "of") VALUES
  (2, 'c2', 'response_id 2', 3, 9, 'kind 2', 'action 2', 'who 2', 1700000002.25, 'why 2', 'of 2');
INSERT INTO runs ("id", "consultation_id", "created", "fingerprints", "meta") VALUES
  ('id 1', 'c1', 1700000001.25, '{"k": [1, "\u00e9"]}', '{"k": [1, "\u00e9"]}');
INSERT INTO runs ("id", "consultation_id", "created", "fingerprints", "meta") VALUES
  ('id 2', 'c2', 1700000002.25, '{"k": [2, "\u00e9"]}', '{"k": [2, "\u00e9"]}');
INSERT INTO sign_ins ("id", "email", "started", "seen", "ended") VALUES
  ('id 1', 'email 1', 1700000001.25, 1700000001.25, NULL);
INSERT INTO sign_ins ("id", "email", "started", "seen", "ended") VALUES
  ('id 2', 'email 2', 1700000002.25, 1700000002.25, NULL);
INSERT INTO sign_offs ("consultation_id", "number", "step", "who", "email", "role", "at", "note", "digest") VALUES
  ('c1', 1, 'checked', 'who 1', 'email 1', 'role 1', 1700000001.25, 'note 1', 'digest 1');
INSERT INTO sign_offs ("consultation_id", "number", "step", "who", "email", "role", "at", "note", "digest") VALUES
  ('c2', 2, 'checked', 'who 2', 'email 2', 'role 2', 1700000002.25, 'note 2', 'digest 2');
INSERT INTO workers ("id", "beat") VALUES
  ('id 1', 1.0);
INSERT INTO workers ("id", "beat") VALUES
  ('id 2', 1.0);
