BEGIN TRANSACTION;
CREATE TABLE assets (
	id INTEGER NOT NULL, 
	source_id VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	detectors VARCHAR(64) NOT NULL, 
	modified DATETIME, 
	size BIGINT, 
	readers JSON NOT NULL, 
	coverage VARCHAR(16) NOT NULL, 
	characters BIGINT NOT NULL, 
	run_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source_id, path), 
	FOREIGN KEY(source_id) REFERENCES sources (id), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "assets" VALUES(1,'recruiting','candidates/20001','342a1cbc8d0d0f7f54bc498ce50a58d8','900e6e077a6b908ec90ddda233894cac','2024-03-18 10:00:00.000000',3001,'[]','examined',879,2);
INSERT INTO "assets" VALUES(3,'recruiting','candidates/20004','f331435d60ce7e4a9ec89bcf49a9f301','900e6e077a6b908ec90ddda233894cac','2025-11-10 10:00:00.000000',2983,'[]','examined',873,2);
INSERT INTO "assets" VALUES(4,'recruiting','jobs','2dcd4ed56b01459d903e48b3afbba7be','900e6e077a6b908ec90ddda233894cac',NULL,1428,'[]','examined',110,2);
INSERT INTO "assets" VALUES(5,'recruiting','tables/close_reasons','e2b4d7a927a0ea09462eeecff0a68921','900e6e077a6b908ec90ddda233894cac',NULL,74,'[]','examined',38,2);
INSERT INTO "assets" VALUES(6,'recruiting','tables/openings','0ecff0384a435c320c6b6de1cd97182c','900e6e077a6b908ec90ddda233894cac',NULL,873,'[]','examined',0,2);
INSERT INTO "assets" VALUES(7,'recruiting','tables/rejection_reasons','87534e2d61d0b4fad09446506c485732','900e6e077a6b908ec90ddda233894cac',NULL,113,'[]','examined',60,2);
INSERT INTO "assets" VALUES(8,'recruiting','users','9be1b431b2ef6e16951307a3d17c6104','900e6e077a6b908ec90ddda233894cac',NULL,346,'[]','examined',131,2);
INSERT INTO "assets" VALUES(9,'mailbox','1764000001.M1P1.example','229-1764000001.M1P1.example','900e6e077a6b908ec90ddda233894cac','2026-12-01 10:30:27.481145',229,'["everyone"]','examined',138,2);
INSERT INTO "assets" VALUES(10,'mailbox','1764000002.M2P1.example','240-1764000002.M2P1.example','900e6e077a6b908ec90ddda233894cac','2026-12-01 10:30:27.481329',240,'["everyone"]','examined',141,2);
INSERT INTO "assets" VALUES(11,'mailbox','1764000003.M3P1.example','480-1764000003.M3P1.example','900e6e077a6b908ec90ddda233894cac','2026-12-01 10:30:27.481464',480,'["everyone"]','partial',110,2);
CREATE TABLE departed (
	id INTEGER NOT NULL, 
	source_id VARCHAR(64) NOT NULL, 
	entity VARCHAR(64) NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source_id, entity, "key"), 
	FOREIGN KEY(source_id) REFERENCES sources (id) ON DELETE CASCADE
);
INSERT INTO "departed" VALUES(1,'recruiting','BIRTH_DATE','22fc6961a8844da9a0fb10ad99a97d63');
INSERT INTO "departed" VALUES(2,'recruiting','EMAIL_ADDRESS','11315cbb11a7f810a6b28b11dc2f34d2');
INSERT INTO "departed" VALUES(3,'recruiting','PERSON','922892e279d01edf64130f22071fa072');
INSERT INTO "departed" VALUES(4,'recruiting','PERSON','dc82f73028b8a4485e22958808be893a');
INSERT INTO "departed" VALUES(5,'recruiting','PHONE_NUMBER','44d34ac9a2cd5e89cde2b5c556b9c055');
INSERT INTO "departed" VALUES(6,'recruiting','POSTAL_ADDRESS','79fe913fce7606848d97c6f0a732139b');
CREATE TABLE findings (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	locator JSON NOT NULL, 
	label TEXT NOT NULL, 
	entity VARCHAR(64) NOT NULL, 
	category VARCHAR(64) NOT NULL, 
	count BIGINT NOT NULL, 
	"distinct" BIGINT NOT NULL, 
	confidence FLOAT NOT NULL, 
	recognizer VARCHAR(128) NOT NULL, 
	evidence JSON NOT NULL, 
	samples JSON NOT NULL, 
	share FLOAT, 
	share_at_least FLOAT, 
	sample BIGINT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "findings" VALUES(1,1,'[]','','DOCUMENT_TYPE','recruitment.application',1,0,0.866,'documents.cues','["heading", "lexicon", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(2,1,'["application:30001", "field:location_address"]','location_address','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["label", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(3,1,'["application:30001", "field:stage_name"]','stage_name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["O\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(4,1,'["attachment:50001", "part:CV_lahti.docx"]','','BIRTH_DATE','identity.birth_date',1,1,0.9,'generic.birth_date','["context", "date", "pattern"]','["\u2022\u2022.\u2022.\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(5,1,'["attachment:50001", "part:CV_lahti.docx"]','','DOCUMENT_TYPE','recruitment.cv',1,0,0.97,'documents.cues','["heading", "layout", "lexicon", "name", "title", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(6,1,'["attachment:50001", "part:CV_lahti.docx"]','','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(7,1,'["attachment:50001", "part:CV_lahti.docx"]','','PERSON','identity.name',1,1,0.951,'names.model','["known", "name_model"]','["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(8,1,'["attachment:50001", "part:CV_lahti.docx"]','','PHONE_NUMBER','contact.phone',1,1,0.95,'generic.phone','["context", "library", "pattern"]','["\u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u202201"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(9,1,'["attachment:50001", "part:CV_lahti.docx"]','','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["context", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(10,1,'["candidate:20001", "field:addresses"]','address','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["label", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022, \u2022\u2022\u2022\u2022\u2022 H"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(11,1,'["candidate:20001", "field:email_addresses"]','email','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(12,1,'["candidate:20001", "field:name"]','full name','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(13,1,'["candidate:20001", "field:phone_numbers"]','phone','PHONE_NUMBER','contact.phone',1,1,0.95,'generic.phone','["label", "library", "pattern"]','["\u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u202201"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(14,1,'["candidate:20001", "field:time_zone"]','time_zone','LOCATION','location',2,0,0.847,'names.model','["name_model"]','["E\u2022\u2022\u2022\u2022\u2022", "H\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(15,1,'["candidate:20001", "field:title"]','title','PERSON','identity.name',1,1,0.664,'names.model','["name_model"]','["V\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(16,1,'["note:70001", "field:body"]','body','PERSON','identity.name',2,2,0.969,'names.model','["name_model", "same_asset"]','["O\u2022\u2022\u2022", "O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(17,1,'["note:70001", "field:body"]','body','SELECTION_NOTICE','recruitment.decision',1,0,0.85,'generic.selection_notice','["lexicon"]','["\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(18,1,'["note:70001", "field:email_from"]','email_from','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(19,1,'["note:70001", "field:email_to"]','email_to','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(20,1,'["scorecard:80001", "field:notes"]','notes','PERSON','identity.name',1,1,0.883,'names.model','["name_model"]','["O\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(35,3,'[]','','DOCUMENT_TYPE','recruitment.application',1,0,0.85,'documents.cues','["heading", "lexicon", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(36,3,'["application:30004", "field:location_address"]','location_address','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["label", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(37,3,'["application:30004", "field:stage_name"]','stage_name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["O\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(38,3,'["attachment:50004", "part:CV_nguyen.docx"]','','BIRTH_DATE','identity.birth_date',1,1,0.9,'generic.birth_date','["context", "date", "pattern"]','["\u2022\u2022/\u2022\u2022/\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(39,3,'["attachment:50004", "part:CV_nguyen.docx"]','','DOCUMENT_TYPE','recruitment.cv',1,0,0.97,'documents.cues','["heading", "layout", "lexicon", "name", "title", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(40,3,'["attachment:50004", "part:CV_nguyen.docx"]','','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(41,3,'["attachment:50004", "part:CV_nguyen.docx"]','','PERSON','identity.name',1,1,0.672,'names.model','["name_model"]','["T\u2022\u2022 M\u2022\u2022 \u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(42,3,'["attachment:50004", "part:CV_nguyen.docx"]','','PHONE_NUMBER','contact.phone',1,1,0.99,'generic.phone','["context", "library", "pattern"]','["+358 \u2022\u2022 \u2022\u2022\u2022 \u2022\u202204"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(43,3,'["attachment:50004", "part:CV_nguyen.docx"]','','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["context", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(44,3,'["candidate:20004", "field:addresses"]','address','POSTAL_ADDRESS','contact.postal_address',1,1,0.99,'generic.postal_address','["label", "pattern"]','["\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022 \u2022 \u2022 \u2022\u2022, \u2022\u2022\u2022\u2022\u2022 E"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(45,3,'["candidate:20004", "field:email_addresses"]','email','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(46,3,'["candidate:20004", "field:name"]','full name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["T\u2022\u2022 M\u2022\u2022 \u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(47,3,'["candidate:20004", "field:phone_numbers"]','phone','PHONE_NUMBER','contact.phone',1,1,0.99,'generic.phone','["label", "library", "pattern"]','["+358 \u2022\u2022 \u2022\u2022\u2022 \u2022\u202204"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(48,3,'["candidate:20004", "field:time_zone"]','time_zone','LOCATION','location',2,0,0.847,'names.model','["name_model"]','["E\u2022\u2022\u2022\u2022\u2022", "H\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(49,3,'["candidate:20004", "field:title"]','title','PERSON','identity.name',1,1,0.802,'names.model','["name_model"]','["E\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(50,3,'["note:70004", "field:body"]','body','PERSON','identity.name',1,1,0.97,'names.model','["name_model"]','["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(51,3,'["note:70004", "field:body"]','body','SELECTION_NOTICE','recruitment.decision',1,0,0.85,'generic.selection_notice','["lexicon"]','["\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(52,3,'["note:70004", "field:email_from"]','email_from','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(53,3,'["note:70004", "field:email_to"]','email_to','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(54,3,'["scorecard:80004", "field:notes"]','notes','PERSON','identity.name',1,1,0.491,'names.model','["name_model"]','["T\u2022\u2022 M\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(55,4,'["job:101", "field:name"]','name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(56,4,'["job:102", "field:name"]','name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["A\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(57,4,'["job:103", "field:name"]','name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["M\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(58,4,'["job:104", "field:name"]','name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["T\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(59,4,'["job:105", "field:name"]','name','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["A\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(60,7,'["rejection_reason:1", "field:name"]','name','PERSON','identity.name',1,1,0.719,'names.model','["name_model"]','["c\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(61,8,'["user:501", "field:name"]','full name','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(62,8,'["user:501", "field:name"]','name','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["O\u2022\u2022\u2022 H\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(63,8,'["user:501", "field:primary_email"]','primary_email','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(64,8,'["user:502", "field:name"]','full name','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["P\u2022\u2022\u2022\u2022 K\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(65,8,'["user:502", "field:name"]','name','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["P\u2022\u2022\u2022\u2022 K\u2022\u2022\u2022\u2022\u2022-\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(66,8,'["user:502", "field:primary_email"]','primary_email','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["p\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(67,9,'["body:1"]','','DOCUMENT_TYPE','recruitment.application',1,0,0.509,'documents.cues','["lexicon", "name", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(68,9,'["body:1"]','','PERSON','identity.name',1,1,0.969,'names.model','["known", "name_model"]','["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(69,9,'["body:1"]','','PHONE_NUMBER','contact.phone',1,1,0.95,'generic.phone','["context", "library", "pattern"]','["\u2022\u2022\u2022 \u2022\u2022\u2022\u2022 \u202201"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(70,9,'["header:from"]','header:from','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(71,9,'["header:from"]','header:from','PERSON','identity.name',1,1,0.85,'names.model','["label"]','["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(72,9,'["header:to"]','header:to','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(73,10,'["body:1"]','','DOCUMENT_TYPE','recruitment.application',1,0,0.97,'documents.cues','["lexicon", "title", "words"]','[]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(74,10,'["body:1"]','','PERSON','identity.name',1,1,0.97,'names.model','["known", "name_model"]','["O\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(75,10,'["body:1"]','','SELECTION_NOTICE','recruitment.decision',1,0,0.85,'generic.selection_notice','["lexicon"]','["\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(76,10,'["header:from"]','header:from','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(77,10,'["header:from"]','header:from','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["R\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(78,10,'["header:to"]','header:to','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["o\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(79,11,'["body:1"]','','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["m\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(80,11,'["body:1"]','','PERSON','identity.name',1,1,0.944,'names.model','["name_model"]','["M\u2022\u2022\u2022 L\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(81,11,'["header:from"]','header:from','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["own_domain", "pattern"]','["r\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(82,11,'["header:from"]','header:from','PERSON','identity.name',1,1,0.8,'names.model','["label"]','["R\u2022\u2022\u2022\u2022"]',NULL,NULL,NULL);
INSERT INTO "findings" VALUES(83,11,'["header:to"]','header:to','EMAIL_ADDRESS','contact.email',1,1,0.95,'generic.email','["pattern"]','["t\u2022\u2022\u2022@\u2022\u2022\u2022.example"]',NULL,NULL,NULL);
CREATE TABLE flows (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	domain TEXT NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	categories JSON NOT NULL, 
	at DATETIME, 
	addresses JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "flows" VALUES(1,1,'posti.example','mail','["contact.email", "identity.name", "recruitment.decision"]','2024-03-18 10:00:00.000000','["39c7d82f8a9a896c9def82c4775e5b40"]');
INSERT INTO "flows" VALUES(2,3,'mail.example','mail','["contact.email", "identity.name", "recruitment.decision"]','2025-11-10 10:00:00.000000','["c9c45b22ed36c0a632a1580e98eea76a"]');
INSERT INTO "flows" VALUES(3,10,'posti.example','mail','["identity.name", "recruitment.application", "recruitment.decision"]','2025-03-18 13:00:00.000000','["39c7d82f8a9a896c9def82c4775e5b40"]');
INSERT INTO "flows" VALUES(4,11,'arviointi.example','mail','["contact.email", "identity.name"]','2025-03-19 13:00:00.000000','["dd12c0393c4b4a08886f958fb41a050b"]');
CREATE TABLE identifiers (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	entity VARCHAR(64) NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	record TEXT NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "identifiers" VALUES(1,1,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','','own');
INSERT INTO "identifiers" VALUES(2,1,'BIRTH_DATE','f321aac9dc24b94ecfde23f15a3abd5a','','subject');
INSERT INTO "identifiers" VALUES(3,1,'EMAIL_ADDRESS','39c7d82f8a9a896c9def82c4775e5b40','','subject');
INSERT INTO "identifiers" VALUES(4,1,'PERSON','50b4da3121a26c15c41d4f895c4e315f','','subject');
INSERT INTO "identifiers" VALUES(5,1,'PERSON','5519bcb66a3e782bf6d99502cdc5a783','','subject');
INSERT INTO "identifiers" VALUES(6,1,'PERSON','85eeaf5081671871fabc81de07e2b902','','subject');
INSERT INTO "identifiers" VALUES(7,1,'PERSON','dc82f73028b8a4485e22958808be893a','','subject');
INSERT INTO "identifiers" VALUES(8,1,'PERSON','f572894a6147ba8798635a6e45143cb7','','subject');
INSERT INTO "identifiers" VALUES(9,1,'PHONE_NUMBER','df28a569a47ca61ddc071f33359a68c3','','subject');
INSERT INTO "identifiers" VALUES(10,1,'POSTAL_ADDRESS','36218f65ce6049fbacbd9bda89a334ba','','subject');
INSERT INTO "identifiers" VALUES(11,1,'EMAIL_ADDRESS','39c7d82f8a9a896c9def82c4775e5b40','candidate','subject');
INSERT INTO "identifiers" VALUES(12,1,'PHONE_NUMBER','df28a569a47ca61ddc071f33359a68c3','candidate','subject');
INSERT INTO "identifiers" VALUES(13,1,'EMAIL_ADDRESS','39c7d82f8a9a896c9def82c4775e5b40','note:70001','recipient');
INSERT INTO "identifiers" VALUES(14,1,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','note:70001','sender');
INSERT INTO "identifiers" VALUES(23,3,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','','own');
INSERT INTO "identifiers" VALUES(24,3,'BIRTH_DATE','71888c4f7788db179eaabf24ae6577ee','','subject');
INSERT INTO "identifiers" VALUES(25,3,'EMAIL_ADDRESS','c9c45b22ed36c0a632a1580e98eea76a','','subject');
INSERT INTO "identifiers" VALUES(26,3,'PERSON','314215e9752ac75279436f7c992970f7','','subject');
INSERT INTO "identifiers" VALUES(27,3,'PERSON','5880a7ba9cbbb71fa37cb4e0420fbf47','','subject');
INSERT INTO "identifiers" VALUES(28,3,'PERSON','6ce8526a44d5355e636e5bb4d10d74a7','','subject');
INSERT INTO "identifiers" VALUES(29,3,'PERSON','dc82f73028b8a4485e22958808be893a','','subject');
INSERT INTO "identifiers" VALUES(30,3,'PERSON','f572894a6147ba8798635a6e45143cb7','','subject');
INSERT INTO "identifiers" VALUES(31,3,'PHONE_NUMBER','569ba7e3e4e1f59cc9a5b71e56a32b73','','subject');
INSERT INTO "identifiers" VALUES(32,3,'POSTAL_ADDRESS','ad35cdcfe3f5ea6630bc11752bb73a07','','subject');
INSERT INTO "identifiers" VALUES(33,3,'EMAIL_ADDRESS','c9c45b22ed36c0a632a1580e98eea76a','candidate','subject');
INSERT INTO "identifiers" VALUES(34,3,'PHONE_NUMBER','569ba7e3e4e1f59cc9a5b71e56a32b73','candidate','subject');
INSERT INTO "identifiers" VALUES(35,3,'EMAIL_ADDRESS','c9c45b22ed36c0a632a1580e98eea76a','note:70004','recipient');
INSERT INTO "identifiers" VALUES(36,3,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','note:70004','sender');
INSERT INTO "identifiers" VALUES(37,4,'PERSON','0682b8a99a288bdc36d11f0da1721f78','','subject');
INSERT INTO "identifiers" VALUES(38,4,'PERSON','275ac929e1081188fecb88bb4ab2428b','','subject');
INSERT INTO "identifiers" VALUES(39,4,'PERSON','4994f4996b16394641e6fad6a340f2ff','','subject');
INSERT INTO "identifiers" VALUES(40,4,'PERSON','aae979812cedd6685f6c8530a2395379','','subject');
INSERT INTO "identifiers" VALUES(41,4,'PERSON','e713d8a21ab1ebc92a0de1a83ef1d719','','subject');
INSERT INTO "identifiers" VALUES(42,7,'PERSON','253faa43f32658f687796195b729ba9d','','subject');
INSERT INTO "identifiers" VALUES(43,8,'EMAIL_ADDRESS','230e3fbe603d90a141b0ba472b3476c7','','own');
INSERT INTO "identifiers" VALUES(44,8,'EMAIL_ADDRESS','79f0079e90db8b65c816fffa5969f3b7','','own');
INSERT INTO "identifiers" VALUES(45,8,'PERSON','050769a2031228c60675e38cb5977ec6','','subject');
INSERT INTO "identifiers" VALUES(46,8,'PERSON','f572894a6147ba8798635a6e45143cb7','','subject');
INSERT INTO "identifiers" VALUES(47,9,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','','own');
INSERT INTO "identifiers" VALUES(48,9,'EMAIL_ADDRESS','39c7d82f8a9a896c9def82c4775e5b40','','sender');
INSERT INTO "identifiers" VALUES(49,9,'PERSON','50b4da3121a26c15c41d4f895c4e315f','','subject');
INSERT INTO "identifiers" VALUES(50,9,'PHONE_NUMBER','9d8f289fe4bc25b958fd3213ed79f3ad','','subject');
INSERT INTO "identifiers" VALUES(51,10,'EMAIL_ADDRESS','39c7d82f8a9a896c9def82c4775e5b40','','recipient');
INSERT INTO "identifiers" VALUES(52,10,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','','sender');
INSERT INTO "identifiers" VALUES(53,10,'PERSON','50b4da3121a26c15c41d4f895c4e315f','','subject');
INSERT INTO "identifiers" VALUES(54,11,'EMAIL_ADDRESS','dd12c0393c4b4a08886f958fb41a050b','','recipient');
INSERT INTO "identifiers" VALUES(55,11,'EMAIL_ADDRESS','ba3393703c0984b45b6d4a3462d68377','','sender');
INSERT INTO "identifiers" VALUES(56,11,'EMAIL_ADDRESS','78de938f572bc8107077f332e450dd46','','subject');
INSERT INTO "identifiers" VALUES(57,11,'PERSON','9b21b232e73bad4941ae0b644e91e955','','subject');
CREATE TABLE meta (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('version','3');
CREATE TABLE milestones (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	evidence TEXT NOT NULL, 
	application TEXT NOT NULL, 
	record TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "milestones" VALUES(1,1,'applied','2023-12-11 10:00:00.000000','applications.created_at','30001','candidate');
INSERT INTO "milestones" VALUES(2,1,'rejected','2024-03-18 10:00:00.000000','applications.rejected_at','30001','candidate');
INSERT INTO "milestones" VALUES(3,1,'told','2024-03-18 10:00:00.000000','notes.EMAIL after rejection','30001','candidate');
INSERT INTO "milestones" VALUES(4,1,'filled','2024-03-15 10:00:00.000000','openings.closed_at (close reason: hire)','30001','candidate');
INSERT INTO "milestones" VALUES(5,1,'closed','2024-03-15 10:00:00.000000','jobs.closed_at','30001','candidate');
INSERT INTO "milestones" VALUES(6,1,'activity','2024-03-18 10:00:00.000000','applications.last_activity_at','30001','candidate');
INSERT INTO "milestones" VALUES(7,1,'told','2024-03-18 10:00:00.000000','mail: selection notice','','note:70001');
INSERT INTO "milestones" VALUES(13,3,'applied','2025-08-25 10:00:00.000000','applications.created_at','30004','candidate');
INSERT INTO "milestones" VALUES(14,3,'rejected','2025-11-10 10:00:00.000000','applications.rejected_at','30004','candidate');
INSERT INTO "milestones" VALUES(15,3,'told','2025-11-10 10:00:00.000000','notes.EMAIL after rejection','30004','candidate');
INSERT INTO "milestones" VALUES(16,3,'filled','2025-11-05 10:00:00.000000','openings.closed_at (close reason: hire)','30004','candidate');
INSERT INTO "milestones" VALUES(17,3,'closed','2025-11-05 10:00:00.000000','jobs.closed_at','30004','candidate');
INSERT INTO "milestones" VALUES(18,3,'activity','2025-11-10 10:00:00.000000','applications.last_activity_at','30004','candidate');
INSERT INTO "milestones" VALUES(19,3,'told','2025-11-10 10:00:00.000000','mail: selection notice','','note:70004');
INSERT INTO "milestones" VALUES(20,10,'told','2025-03-18 13:00:00.000000','mail: selection notice','','');
CREATE TABLE named (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	outline VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "named" VALUES(1,1,'50b4da3121a26c15c41d4f895c4e315f','93f9bf4e0bc7f17b7e4f718a31556b0e');
INSERT INTO "named" VALUES(3,8,'050769a2031228c60675e38cb5977ec6','ec0ab16e14ef920e7d71aaaf4d1945e2');
INSERT INTO "named" VALUES(4,8,'f572894a6147ba8798635a6e45143cb7','bc70c9d7e6d03da901ad372614d92aa2');
INSERT INTO "named" VALUES(5,8,'f572894a6147ba8798635a6e45143cb7','fa9c36b207316e42c6c79455cd7d860a');
INSERT INTO "named" VALUES(6,9,'50b4da3121a26c15c41d4f895c4e315f','93f9bf4e0bc7f17b7e4f718a31556b0e');
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	version VARCHAR(32) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES(1,'2026-12-01 10:30:28.565165','2026-12-01 10:30:30.169329','0.1.0','cc3c01569607cc77304df803d15258ef');
INSERT INTO "runs" VALUES(2,'2026-12-01 10:30:31.944936','2026-12-01 10:30:31.972532','0.1.0','cc3c01569607cc77304df803d15258ef');
CREATE TABLE skips (
	id INTEGER NOT NULL, 
	asset_id INTEGER NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	detail TEXT NOT NULL, 
	locator JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(asset_id) REFERENCES assets (id) ON DELETE CASCADE
);
INSERT INTO "skips" VALUES(1,11,'unreadable','the zip archive is cut short or broken','["part:cv.zip"]');
CREATE TABLE sources (
	id VARCHAR(64) NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	location TEXT NOT NULL, 
	run_id INTEGER NOT NULL, 
	checkpoint TEXT NOT NULL, 
	listed INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "sources" VALUES('recruiting','greenhouse','Recruiting system','/srv/tahtivahti/recruiting',2,'',1,'');
INSERT INTO "sources" VALUES('mailbox','maildir','Role mailbox','/srv/tahtivahti/mailbox',2,'',1,'');
CREATE INDEX ix_assets_run_id ON assets (run_id);
CREATE INDEX ix_findings_asset_id ON findings (asset_id);
CREATE INDEX ix_findings_category ON findings (category);
CREATE INDEX ix_identifiers_key ON identifiers ("key");
CREATE INDEX ix_identifiers_asset_id ON identifiers (asset_id);
CREATE INDEX ix_named_asset_id ON named (asset_id);
CREATE INDEX ix_flows_asset_id ON flows (asset_id);
CREATE INDEX ix_milestones_asset_id ON milestones (asset_id);
CREATE INDEX ix_skips_asset_id ON skips (asset_id);
COMMIT;
