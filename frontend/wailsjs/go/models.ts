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

}

export namespace idv {
	
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
	export class Page {
	    seq: number;
	    indexed: number;
	    total: number;
	    near: number;
	    offset: number;
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
	    }
	}

}

