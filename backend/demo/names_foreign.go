// Names of people from elsewhere, the most frequent first. Names of Ukraine
// and Russia are kept in Cyrillic and romanised when they are used.
package demo

// people is a nation of customers. A family name "ИВАНОВ/А" takes the ending
// after the stroke for women; "КОВАЛЬСКИЙ/-АЯ" loses two letters first.
type people struct {
	weight   int // of all customers that are not of Georgian name
	codes    []string
	language string // of Cyrillic names: uk, ru
	men      string
	women    string
	families string
}

// peoples: nationality codes are those of ICAO 9303 part 3, section 5, as the
// MRZ writes them. A code that stands twice is twice as likely.
var peoples = []people{
	{weight: 22, codes: []string{"RUS", "RUS", "GEO"}, language: "ru",
		men:      "АЛЕКСАНДР СЕРГЕЙ ДМИТРИЙ АНДРЕЙ АЛЕКСЕЙ МАКСИМ ЕВГЕНИЙ ИВАН МИХАИЛ ЮРИЙ ИЛЬЯ ПЁТР",
		women:    "ЕЛЕНА ОЛЬГА НАТАЛЬЯ АННА ТАТЬЯНА ЕКАТЕРИНА МАРИЯ ИРИНА ЮЛИЯ СВЕТЛАНА ДАРЬЯ КСЕНИЯ",
		families: "ИВАНОВ/А СМИРНОВ/А КУЗНЕЦОВ/А ПОПОВ/А ВАСИЛЬЕВ/А ПЕТРОВ/А СОКОЛОВ/А МИХАЙЛОВ/А НОВИКОВ/А ФЁДОРОВ/А МОРОЗОВ/А ЩЕРБАКОВ/А ЧЕРНЫХ ЖУКОВ/А"},
	{weight: 20, codes: []string{"UKR"}, language: "uk",
		men:      "ОЛЕКСАНДР АНДРІЙ СЕРГІЙ ВОЛОДИМИР ІВАН МИКОЛА ДМИТРО ОЛЕГ БОГДАН ЮРІЙ ТАРАС ЄВГЕН",
		women:    "ОЛЕНА НАТАЛІЯ ІРИНА ОКСАНА ТЕТЯНА ЮЛІЯ ГАННА МАРІЯ СВІТЛАНА КАТЕРИНА ЛЮДМИЛА ЇРИНА",
		families: "МЕЛЬНИК ШЕВЧЕНКО БОЙКО КОВАЛЕНКО БОНДАРЕНКО ТКАЧЕНКО КОВАЛЬЧУК КРАВЧЕНКО ОЛІЙНИК ШЕВЧУК КОВАЛЬ ПОЛІЩУК БОНДАР ЩЕРБАК ГРИЦЕНКО"},
	{weight: 18, codes: []string{"ARM", "GEO"},
		men:      "ARMEN GEVORG HAYK TIGRAN ARTUR KAREN VAHAN SUREN ASHOT DAVIT",
		women:    "ANI MARIAM ANAHIT LILIT GAYANE NARINE ARMINE HASMIK SUSANNA ASTGHIK",
		families: "GRIGORYAN HARUTYUNYAN SARGSYAN HOVHANNISYAN KHACHATRYAN HAKOBYAN PETROSYAN VARDANYAN GEVORGYAN KARAPETYAN GHAZARYAN MKRTCHYAN"},
	{weight: 18, codes: []string{"GEO", "AZE"},
		men:      "ƏLİ MƏMMƏD ELÇİN RƏŞAD VÜQAR NAMİQ ORXAN TURAL EMİN KAMRAN",
		women:    "AYGÜN SEVİNC NƏRGİZ GÜLNARƏ LEYLA ZƏHRA FATİMƏ AYTƏN KÖNÜL XƏDİCƏ",
		families: "MƏMMƏDOV/A ƏLİYEV/A HÜSEYNOV/A HƏSƏNOV/A QULİYEV/A İSMAYILOV/A ABBASOV/A RZAYEV/A ORUCOV/A NƏBİYEV/A BAYRAMOV/A"},
	{weight: 12, codes: []string{"TUR"},
		men:      "MEHMET MUSTAFA AHMET ALİ HÜSEYİN İBRAHİM EMRE ÖMER YUSUF OĞUZ",
		women:    "FATMA AYŞE EMİNE ZEYNEP ELİF ÖZLEM GÜLŞEN ŞEYMA ESRA ÇİĞDEM",
		families: "YILMAZ KAYA DEMİR ÇELİK ŞAHİN YILDIZ ÖZTÜRK AYDIN ARSLAN DOĞAN KILIÇ GÜNEŞ"},
	{weight: 4, codes: []string{"D<<"},
		men:   "JÜRGEN THOMAS STEFAN JÖRG MATTHIAS FLORIAN",
		women: "SABINE URSULA JULIA ANNEGRET KÄTHE LENA", families: "MÜLLER SCHMIDT GROẞ WEIẞ SCHÄFER KÖHLER BÖHM"},
	{weight: 3, codes: []string{"ESP"},
		men:   "JOSÉ ANTONIO JESÚS ÁLVARO IÑAKI RAÚL",
		women: "MARÍA CARMEN BEGOÑA LUCÍA SOFÍA INÉS", families: "NÚÑEZ GARCÍA MARTÍNEZ IBÁÑEZ DE_LA_CRUZ PEÑA LÓPEZ"},
	{weight: 3, codes: []string{"FRA"},
		men:   "FRANÇOIS JEAN-PIERRE ÉTIENNE LOÏC NOËL",
		women: "HÉLÈNE ANNE-MARIE CHLOÉ FRANÇOISE ANAÏS", families: "LEFÈVRE BÉRANGER D'ARTOIS LE_GOFF GARÇON MÉNARD"},
	{weight: 3, codes: []string{"POL", "CZE"},
		men:   "ŁUKASZ PAWEŁ TOMÁŠ JIŘÍ ZDZISŁAW",
		women: "AGNIESZKA ZOFIA MAŁGORZATA TEREZA ŻANETA", families: "NOWAK DVOŘÁK ŚWIĄTEK SZYMAŃSKI/-KA WIŚNIEWSKI/-KA ŻUK NĚMEC"},
	{weight: 3, codes: []string{"GBR", "USA", "IRL"},
		men:   "JOHN OLIVER JAMES SEÁN RORY",
		women: "EMMA OLIVIA SIOBHÁN MARY-ANN GRACE", families: "SMITH O'BRIEN MCDONALD TAYLOR-JONES WALKER"},
	{weight: 2, codes: []string{"SWE", "NOR", "DNK"},
		men:   "BJÖRN SØREN ÅKE LARS HÅKON",
		women: "ÅSA BRITT FRØYA MÄRTA INGRID", families: "SJÖBERG ØSTERGÅRD ÅBERG NÆSS JOHANSSON"},
	{weight: 2, codes: []string{"ISR", "IRN", "IND"},
		men:   "DAVID AMIR RAJESH YOSEF REZA",
		women: "NOA SHIRIN PRIYA TAMAR MARYAM", families: "COHEN LEVI HOSSEINI SHARMA PATEL KARIMI"},
}
