export namespace archive {
	
	export class Connected {
	    kind: string;
	    address: string;
	    needsKey: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Connected(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.address = source["address"];
	        this.needsKey = source["needsKey"];
	    }
	}
	export class Counts {
	    read: number;
	    added: number;
	    changed: number;
	    unchanged: number;
	    erased: number;
	    rejected: number;
	
	    static createFrom(source: any = {}) {
	        return new Counts(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.read = source["read"];
	        this.added = source["added"];
	        this.changed = source["changed"];
	        this.unchanged = source["unchanged"];
	        this.erased = source["erased"];
	        this.rejected = source["rejected"];
	    }
	}
	export class Job {
	    id: number;
	    kind: string;
	    running: boolean;
	    progress: idv.Progress;
	    report: Counts;
	    error: idv.Error;
	    endedAt: string;
	
	    static createFrom(source: any = {}) {
	        return new Job(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.running = source["running"];
	        this.progress = this.convertValues(source["progress"], idv.Progress);
	        this.report = this.convertValues(source["report"], Counts);
	        this.error = this.convertValues(source["error"], idv.Error);
	        this.endedAt = source["endedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class JobStates {
	    version: number;
	    sync: Job;
	    export: Job;
	    backup: Job;
	    photos: Job;
	    paused: boolean;
	
	    static createFrom(source: any = {}) {
	        return new JobStates(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.sync = this.convertValues(source["sync"], Job);
	        this.export = this.convertValues(source["export"], Job);
	        this.backup = this.convertValues(source["backup"], Job);
	        this.photos = this.convertValues(source["photos"], Job);
	        this.paused = source["paused"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class LockState {
	    version: number;
	    phase: string;
	    kind: string;
	    keychain: boolean;
	    wait: number;
	    reason: string;
	    locksIn: number;
	    photos: string;
	
	    static createFrom(source: any = {}) {
	        return new LockState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.phase = source["phase"];
	        this.kind = source["kind"];
	        this.keychain = source["keychain"];
	        this.wait = source["wait"];
	        this.reason = source["reason"];
	        this.locksIn = source["locksIn"];
	        this.photos = source["photos"];
	    }
	}
	export class Rejections {
	    total: number;
	    rows: idv.Rejection[];
	
	    static createFrom(source: any = {}) {
	        return new Rejections(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.total = source["total"];
	        this.rows = this.convertValues(source["rows"], idv.Rejection);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Status {
	    seq: number;
	    indexed: number;
	    total: number;
	    noText: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Status(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seq = source["seq"];
	        this.indexed = source["indexed"];
	        this.total = source["total"];
	        this.noText = source["noText"];
	    }
	}
	export class View {
	    id: string;
	    name: string;
	    text: string;
	    filter: idv.Filter;
	    sort: idv.Sort;
	
	    static createFrom(source: any = {}) {
	        return new View(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.text = source["text"];
	        this.filter = this.convertValues(source["filter"], idv.Filter);
	        this.sort = this.convertValues(source["sort"], idv.Sort);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace idv {
	
	export class DeviceFacts {
	    kind: string;
	    vendor: string;
	    model: string;
	    os: string;
	    version: string;
	    browser: string;
	    ip: string;
	    country: string;
	    region: string;
	    city: string;
	    eu: string;
	    timezone: string;
	    coordinates: string;
	    area: number;
	
	    static createFrom(source: any = {}) {
	        return new DeviceFacts(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.vendor = source["vendor"];
	        this.model = source["model"];
	        this.os = source["os"];
	        this.version = source["version"];
	        this.browser = source["browser"];
	        this.ip = source["ip"];
	        this.country = source["country"];
	        this.region = source["region"];
	        this.city = source["city"];
	        this.eu = source["eu"];
	        this.timezone = source["timezone"];
	        this.coordinates = source["coordinates"];
	        this.area = source["area"];
	    }
	}
	export class Step {
	    kind: string;
	    at: string;
	    done: string;
	    passed: string;
	    attempt: number;
	    error: string;
	    sessionId: string;
	
	    static createFrom(source: any = {}) {
	        return new Step(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.at = source["at"];
	        this.done = source["done"];
	        this.passed = source["passed"];
	        this.attempt = source["attempt"];
	        this.error = source["error"];
	        this.sessionId = source["sessionId"];
	    }
	}
	export class Activity {
	    steps: Step[];
	    events: string[];
	    device: DeviceFacts;
	    sessionId: string;
	    recordId: string;
	    attemptNumber: number;
	    compareAttempts: number;
	    interacting: string;
	    usedThirdParty: string;
	
	    static createFrom(source: any = {}) {
	        return new Activity(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.steps = this.convertValues(source["steps"], Step);
	        this.events = source["events"];
	        this.device = this.convertValues(source["device"], DeviceFacts);
	        this.sessionId = source["sessionId"];
	        this.recordId = source["recordId"];
	        this.attemptNumber = source["attemptNumber"];
	        this.compareAttempts = source["compareAttempts"];
	        this.interacting = source["interacting"];
	        this.usedThirdParty = source["usedThirdParty"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PortalMRZ {
	    label: string;
	    field: string;
	    value: string;
	    valid: string;
	
	    static createFrom(source: any = {}) {
	        return new PortalMRZ(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.label = source["label"];
	        this.field = source["field"];
	        this.value = source["value"];
	        this.valid = source["valid"];
	    }
	}
	export class MRZItem {
	    field: string;
	    raw: string;
	    value: string;
	    digit: string;
	    expected: string;
	    ok: string;
	    fault: string;
	    cut: boolean;
	    portal: string;
	
	    static createFrom(source: any = {}) {
	        return new MRZItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.raw = source["raw"];
	        this.value = source["value"];
	        this.digit = source["digit"];
	        this.expected = source["expected"];
	        this.ok = source["ok"];
	        this.fault = source["fault"];
	        this.cut = source["cut"];
	        this.portal = source["portal"];
	    }
	}
	export class MRZCheck {
	    source: string;
	    attempt: number;
	    format: string;
	    lines: string[];
	    faults: string[];
	    items: MRZItem[];
	    ok: string;
	    portal: string;
	    portalFields: PortalMRZ[];
	
	    static createFrom(source: any = {}) {
	        return new MRZCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.source = source["source"];
	        this.attempt = source["attempt"];
	        this.format = source["format"];
	        this.lines = source["lines"];
	        this.faults = source["faults"];
	        this.items = this.convertValues(source["items"], MRZItem);
	        this.ok = source["ok"];
	        this.portal = source["portal"];
	        this.portalFields = this.convertValues(source["portalFields"], PortalMRZ);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Field {
	    key: string;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new Field(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.value = source["value"];
	    }
	}
	export class Findings {
	    livenessPassed: string;
	    livenessStatus: string;
	    livenessKind: string;
	    documentValid: string;
	    mrzValid: string;
	    faceMatched: string;
	    digitalSpoof: string;
	    fullId: string;
	    matchLevel: number;
	    far: string;
	    accepted: number;
	    underAccepted: string;
	    distance: number;
	    errorMessage: string;
	
	    static createFrom(source: any = {}) {
	        return new Findings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.livenessPassed = source["livenessPassed"];
	        this.livenessStatus = source["livenessStatus"];
	        this.livenessKind = source["livenessKind"];
	        this.documentValid = source["documentValid"];
	        this.mrzValid = source["mrzValid"];
	        this.faceMatched = source["faceMatched"];
	        this.digitalSpoof = source["digitalSpoof"];
	        this.fullId = source["fullId"];
	        this.matchLevel = source["matchLevel"];
	        this.far = source["far"];
	        this.accepted = source["accepted"];
	        this.underAccepted = source["underAccepted"];
	        this.distance = source["distance"];
	        this.errorMessage = source["errorMessage"];
	    }
	}
	export class AttemptDetails {
	    number: number;
	    at: string;
	    success: string;
	    error: string;
	    findings: Findings;
	    read: Field[];
	    mrz: MRZCheck;
	    frontText: string;
	    backText: string;
	    frontData: Field[];
	    backData: Field[];
	    photos: number;
	    otherSession: string;
	
	    static createFrom(source: any = {}) {
	        return new AttemptDetails(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.number = source["number"];
	        this.at = source["at"];
	        this.success = source["success"];
	        this.error = source["error"];
	        this.findings = this.convertValues(source["findings"], Findings);
	        this.read = this.convertValues(source["read"], Field);
	        this.mrz = this.convertValues(source["mrz"], MRZCheck);
	        this.frontText = source["frontText"];
	        this.backText = source["backText"];
	        this.frontData = this.convertValues(source["frontData"], Field);
	        this.backData = this.convertValues(source["backData"], Field);
	        this.photos = source["photos"];
	        this.otherSession = source["otherSession"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Conflict {
	    kind: string;
	    field: string;
	    values: Field[];
	    severity: string;
	
	    static createFrom(source: any = {}) {
	        return new Conflict(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.field = source["field"];
	        this.values = this.convertValues(source["values"], Field);
	        this.severity = source["severity"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Count {
	    value: string;
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new Count(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = source["value"];
	        this.count = source["count"];
	    }
	}
	export class MissingPhoto {
	    name: string;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new MissingPhoto(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.why = source["why"];
	    }
	}
	export class TagMark {
	    tag: string;
	    given: boolean;
	
	    static createFrom(source: any = {}) {
	        return new TagMark(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tag = source["tag"];
	        this.given = source["given"];
	    }
	}
	export class TagGroup {
	    group: string;
	    tags: TagMark[];
	
	    static createFrom(source: any = {}) {
	        return new TagGroup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.group = source["group"];
	        this.tags = this.convertValues(source["tags"], TagMark);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Summary {
	    firstNameLatin: string;
	    firstNameGeorgian: string;
	    lastNameLatin: string;
	    lastNameGeorgian: string;
	    personalNumber: string;
	    documentType: string;
	    documentNumber: string;
	    birthDate: string;
	    age: number;
	    issueDate: string;
	    expirationDate: string;
	    sex: string;
	    nationality: string;
	    company: string;
	    environment: string;
	    status: string;
	    outcome: string;
	    verified: string;
	    manualVerified: string;
	    manualRejected: string;
	    awaitingAction: string;
	    agreed: string;
	    edited: string;
	    checked: string;
	    liquidated: string;
	    erasedAt: string;
	
	    static createFrom(source: any = {}) {
	        return new Summary(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.firstNameLatin = source["firstNameLatin"];
	        this.firstNameGeorgian = source["firstNameGeorgian"];
	        this.lastNameLatin = source["lastNameLatin"];
	        this.lastNameGeorgian = source["lastNameGeorgian"];
	        this.personalNumber = source["personalNumber"];
	        this.documentType = source["documentType"];
	        this.documentNumber = source["documentNumber"];
	        this.birthDate = source["birthDate"];
	        this.age = source["age"];
	        this.issueDate = source["issueDate"];
	        this.expirationDate = source["expirationDate"];
	        this.sex = source["sex"];
	        this.nationality = source["nationality"];
	        this.company = source["company"];
	        this.environment = source["environment"];
	        this.status = source["status"];
	        this.outcome = source["outcome"];
	        this.verified = source["verified"];
	        this.manualVerified = source["manualVerified"];
	        this.manualRejected = source["manualRejected"];
	        this.awaitingAction = source["awaitingAction"];
	        this.agreed = source["agreed"];
	        this.edited = source["edited"];
	        this.checked = source["checked"];
	        this.liquidated = source["liquidated"];
	        this.erasedAt = source["erasedAt"];
	    }
	}
	export class Row {
	    ordinal: number;
	    sessionId: string;
	    firstName: string;
	    lastName: string;
	    firstNameGe: string;
	    lastNameGe: string;
	    personalNumber: string;
	    documentNumber: string;
	    createdAt: string;
	    finishedAt: string;
	    verified: string;
	    outcome: string;
	    documentType: string;
	    liveness: string;
	    matchLevel: number;
	    spoofs: string[];
	    extra: string;
	    environment: string;
	    liquidated: boolean;
	    erased: string;
	    hold: boolean;
	    selfie: string;
	    near: string;
	
	    static createFrom(source: any = {}) {
	        return new Row(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ordinal = source["ordinal"];
	        this.sessionId = source["sessionId"];
	        this.firstName = source["firstName"];
	        this.lastName = source["lastName"];
	        this.firstNameGe = source["firstNameGe"];
	        this.lastNameGe = source["lastNameGe"];
	        this.personalNumber = source["personalNumber"];
	        this.documentNumber = source["documentNumber"];
	        this.createdAt = source["createdAt"];
	        this.finishedAt = source["finishedAt"];
	        this.verified = source["verified"];
	        this.outcome = source["outcome"];
	        this.documentType = source["documentType"];
	        this.liveness = source["liveness"];
	        this.matchLevel = source["matchLevel"];
	        this.spoofs = source["spoofs"];
	        this.extra = source["extra"];
	        this.environment = source["environment"];
	        this.liquidated = source["liquidated"];
	        this.erased = source["erased"];
	        this.hold = source["hold"];
	        this.selfie = source["selfie"];
	        this.near = source["near"];
	    }
	}
	export class Details {
	    row: Row;
	    summary: Summary;
	    findings: Findings;
	    activity: Activity;
	    tags: TagGroup[];
	    extra: Field[];
	    notes: string[];
	    attempts: AttemptDetails[];
	    mrz: MRZCheck;
	    conflicts: Conflict[];
	    photos: string[];
	    unknown: Field[];
	    missing: MissingPhoto[];
	    same: Row[];
	    sameTotal: number;
	
	    static createFrom(source: any = {}) {
	        return new Details(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = this.convertValues(source["row"], Row);
	        this.summary = this.convertValues(source["summary"], Summary);
	        this.findings = this.convertValues(source["findings"], Findings);
	        this.activity = this.convertValues(source["activity"], Activity);
	        this.tags = this.convertValues(source["tags"], TagGroup);
	        this.extra = this.convertValues(source["extra"], Field);
	        this.notes = source["notes"];
	        this.attempts = this.convertValues(source["attempts"], AttemptDetails);
	        this.mrz = this.convertValues(source["mrz"], MRZCheck);
	        this.conflicts = this.convertValues(source["conflicts"], Conflict);
	        this.photos = source["photos"];
	        this.unknown = this.convertValues(source["unknown"], Field);
	        this.missing = this.convertValues(source["missing"], MissingPhoto);
	        this.same = this.convertValues(source["same"], Row);
	        this.sameTotal = source["sameTotal"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Error {
	    code: string;
	    message: string;
	    hint: string;
	
	    static createFrom(source: any = {}) {
	        return new Error(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.hint = source["hint"];
	    }
	}
	export class Exported {
	    file: string;
	    rows: number;
	    sha256: string;
	    altered?: number;
	
	    static createFrom(source: any = {}) {
	        return new Exported(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.rows = source["rows"];
	        this.sha256 = source["sha256"];
	        this.altered = source["altered"];
	    }
	}
	export class Facets {
	    documents: Count[];
	    outcomes: Count[];
	    spoofs: Count[];
	    matches: Count[];
	    liveness: Count[];
	    environments: Count[];
	    tags: Count[];
	    devices: Count[];
	    countries: Count[];
	    reviewed: Count[];
	
	    static createFrom(source: any = {}) {
	        return new Facets(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.documents = this.convertValues(source["documents"], Count);
	        this.outcomes = this.convertValues(source["outcomes"], Count);
	        this.spoofs = this.convertValues(source["spoofs"], Count);
	        this.matches = this.convertValues(source["matches"], Count);
	        this.liveness = this.convertValues(source["liveness"], Count);
	        this.environments = this.convertValues(source["environments"], Count);
	        this.tags = this.convertValues(source["tags"], Count);
	        this.devices = this.convertValues(source["devices"], Count);
	        this.countries = this.convertValues(source["countries"], Count);
	        this.reviewed = this.convertValues(source["reviewed"], Count);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Matches {
	    min: number;
	    max: number;
	    none: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Matches(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.min = source["min"];
	        this.max = source["max"];
	        this.none = source["none"];
	    }
	}
	export class Filter {
	    documents: string[];
	    outcomes: string[];
	    spoofs: string[];
	    matches: Matches;
	    liveness: string[];
	    from: string;
	    before: string;
	    environments: string[];
	    tags: string[];
	    devices: string[];
	    countries: string[];
	    reviewed: string[];
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.documents = source["documents"];
	        this.outcomes = source["outcomes"];
	        this.spoofs = source["spoofs"];
	        this.matches = this.convertValues(source["matches"], Matches);
	        this.liveness = source["liveness"];
	        this.from = source["from"];
	        this.before = source["before"];
	        this.environments = source["environments"];
	        this.tags = source["tags"];
	        this.devices = source["devices"];
	        this.countries = source["countries"];
	        this.reviewed = source["reviewed"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	
	
	export class Nearest {
	    text: string;
	    total: number;
	
	    static createFrom(source: any = {}) {
	        return new Nearest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.total = source["total"];
	    }
	}
	export class Page {
	    seq: number;
	    indexed: number;
	    total: number;
	    near: number;
	    offset: number;
	    place: number;
	    rows: Row[];
	    facets: Facets;
	    nearest: Nearest[];
	
	    static createFrom(source: any = {}) {
	        return new Page(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seq = source["seq"];
	        this.indexed = source["indexed"];
	        this.total = source["total"];
	        this.near = source["near"];
	        this.offset = source["offset"];
	        this.place = source["place"];
	        this.rows = this.convertValues(source["rows"], Row);
	        this.facets = this.convertValues(source["facets"], Facets);
	        this.nearest = this.convertValues(source["nearest"], Nearest);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Progress {
	    phase: string;
	    done: number;
	    total: number;
	
	    static createFrom(source: any = {}) {
	        return new Progress(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.phase = source["phase"];
	        this.done = source["done"];
	        this.total = source["total"];
	    }
	}
	export class Sort {
	    by: string;
	    ascending: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Sort(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.by = source["by"];
	        this.ascending = source["ascending"];
	    }
	}
	export class Query {
	    text: string;
	    filter: Filter;
	    sort: Sort;
	    offset: number;
	    limit: number;
	    facets: boolean;
	    around: number;
	    only: number[];
	    except: number[];
	
	    static createFrom(source: any = {}) {
	        return new Query(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.filter = this.convertValues(source["filter"], Filter);
	        this.sort = this.convertValues(source["sort"], Sort);
	        this.offset = source["offset"];
	        this.limit = source["limit"];
	        this.facets = source["facets"];
	        this.around = source["around"];
	        this.only = source["only"];
	        this.except = source["except"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Rejection {
	    file: string;
	    row: number;
	    column: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new Rejection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.row = source["row"];
	        this.column = source["column"];
	        this.reason = source["reason"];
	    }
	}
	
	
	
	
	

}

export namespace main {
	
	export class Settings {
	    lockMinutes: number;
	    retentionYears: number;
	    acceptedLevel: number;
	    photoHosts: string[];
	    contentProtection: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lockMinutes = source["lockMinutes"];
	        this.retentionYears = source["retentionYears"];
	        this.acceptedLevel = source["acceptedLevel"];
	        this.photoHosts = source["photoHosts"];
	        this.contentProtection = source["contentProtection"];
	    }
	}
	export class State {
	    version: string;
	    dataDir: string;
	    lock: archive.LockState;
	    problem: idv.Error;
	    origin: archive.Connected;
	    status: archive.Status;
	    synced: string;
	    settings: Settings;
	    jobs: archive.JobStates;
	
	    static createFrom(source: any = {}) {
	        return new State(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.dataDir = source["dataDir"];
	        this.lock = this.convertValues(source["lock"], archive.LockState);
	        this.problem = this.convertValues(source["problem"], idv.Error);
	        this.origin = this.convertValues(source["origin"], archive.Connected);
	        this.status = this.convertValues(source["status"], archive.Status);
	        this.synced = source["synced"];
	        this.settings = this.convertValues(source["settings"], Settings);
	        this.jobs = this.convertValues(source["jobs"], archive.JobStates);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WindowSettings {
	    language: string;
	    theme: string;
	    contrast: string;
	    motion: string;
	    scale: number;
	    density: string;
	    dates: string;
	    timeZone: string;
	    noLetters: boolean;
	    blur: boolean;
	    clearing: string;
	    quiet: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WindowSettings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.language = source["language"];
	        this.theme = source["theme"];
	        this.contrast = source["contrast"];
	        this.motion = source["motion"];
	        this.scale = source["scale"];
	        this.density = source["density"];
	        this.dates = source["dates"];
	        this.timeZone = source["timeZone"];
	        this.noLetters = source["noLetters"];
	        this.blur = source["blur"];
	        this.clearing = source["clearing"];
	        this.quiet = source["quiet"];
	    }
	}

}

