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
	    }
	}
	export class Page {
	    seq: number;
	    total: number;
	    offset: number;
	    rows: Row[];
	
	    static createFrom(source: any = {}) {
	        return new Page(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seq = source["seq"];
	        this.total = source["total"];
	        this.offset = source["offset"];
	        this.rows = this.convertValues(source["rows"], Row);
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
	export class Query {
	    text: string;
	    offset: number;
	    limit: number;
	
	    static createFrom(source: any = {}) {
	        return new Query(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.offset = source["offset"];
	        this.limit = source["limit"];
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
	    photoHosts: string[];
	    contentProtection: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lockMinutes = source["lockMinutes"];
	        this.retentionYears = source["retentionYears"];
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

}

