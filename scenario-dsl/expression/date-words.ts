// Names of months and days by language, as CLDR has them, written down once: Intl's tables change with Node, and a replay on
// another version has to say the same (docs/decisions.md). Names of months are those that stand beside a day: 24 декабря.

interface DateWords {
  months: string;
  /** As `months` where absent. */
  shortMonths?: string;
  /** How months are called without a day, where that is another word. */
  monthsAlone?: string;
  /** From Monday. */
  days: string;
  shortDays: string;
  /** Yesterday, today, tomorrow, and the day after. */
  near: string;
}

/** By language, the names with | between them. */
export const dateWords: Readonly<Record<string, DateWords>> = {
  en: {
    months: 'January|February|March|April|May|June|July|August|September|October|November|December',
    shortMonths: 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec',
    days: 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday',
    shortDays: 'Mon|Tue|Wed|Thu|Fri|Sat|Sun',
    near: 'yesterday|today|tomorrow|day after tomorrow',
  },
  ja: {
    months: '1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月',
    days: '月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日',
    shortDays: '月|火|水|木|金|土|日',
    near: '昨日|今日|明日|明後日',
  },
  zh: {
    months: '1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月',
    monthsAlone: '一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月',
    days: '星期一|星期二|星期三|星期四|星期五|星期六|星期日',
    shortDays: '周一|周二|周三|周四|周五|周六|周日',
    near: '昨天|今天|明天|后天',
  },
  ko: {
    months: '1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월',
    days: '월요일|화요일|수요일|목요일|금요일|토요일|일요일',
    shortDays: '월|화|수|목|금|토|일',
    near: '어제|오늘|내일|모레',
  },
  th: {
    months: 'มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม',
    shortMonths: 'ม.ค.|ก.พ.|มี.ค.|เม.ย.|พ.ค.|มิ.ย.|ก.ค.|ส.ค.|ก.ย.|ต.ค.|พ.ย.|ธ.ค.',
    days: 'วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์',
    shortDays: 'จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์',
    near: 'เมื่อวาน|วันนี้|พรุ่งนี้|มะรืนนี้',
  },
  he: {
    months: 'ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר',
    shortMonths: 'ינו׳|פבר׳|מרץ|אפר׳|מאי|יוני|יולי|אוג׳|ספט׳|אוק׳|נוב׳|דצמ׳',
    days: 'יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|יום שבת|יום ראשון',
    shortDays: 'יום ב׳|יום ג׳|יום ד׳|יום ה׳|יום ו׳|שבת|יום א׳',
    near: 'אתמול|היום|מחר|מחרתיים',
  },
  de: {
    months: 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember',
    shortMonths: 'Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.',
    days: 'Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag',
    shortDays: 'Mo|Di|Mi|Do|Fr|Sa|So',
    near: 'gestern|heute|morgen|übermorgen',
  },
  it: {
    months: 'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
    shortMonths: 'gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic',
    days: 'lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica',
    shortDays: 'lun|mar|mer|gio|ven|sab|dom',
    near: 'ieri|oggi|domani|dopodomani',
  },
  es: {
    months: 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
    shortMonths: 'ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic',
    days: 'lunes|martes|miércoles|jueves|viernes|sábado|domingo',
    shortDays: 'lun|mar|mié|jue|vie|sáb|dom',
    near: 'ayer|hoy|mañana|pasado mañana',
  },
  pt: {
    months: 'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
    shortMonths: 'jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.',
    days: 'segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo',
    shortDays: 'seg.|ter.|qua.|qui.|sex.|sáb.|dom.',
    near: 'ontem|hoje|amanhã|depois de amanhã',
  },
  da: {
    months: 'januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december',
    shortMonths: 'jan.|feb.|mar.|apr.|maj|jun.|jul.|aug.|sep.|okt.|nov.|dec.',
    days: 'mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag',
    shortDays: 'man.|tirs.|ons.|tors.|fre.|lør.|søn.',
    near: 'i går|i dag|i morgen|i overmorgen',
  },
  el: {
    months:
      'Ιανουαρίου|Φεβρουαρίου|Μαρτίου|Απριλίου|Μαΐου|Ιουνίου|Ιουλίου|Αυγούστου|Σεπτεμβρίου|Οκτωβρίου|Νοεμβρίου|Δεκεμβρίου',
    shortMonths: 'Ιαν|Φεβ|Μαρ|Απρ|Μαΐ|Ιουν|Ιουλ|Αυγ|Σεπ|Οκτ|Νοε|Δεκ',
    days: 'Δευτέρα|Τρίτη|Τετάρτη|Πέμπτη|Παρασκευή|Σάββατο|Κυριακή',
    shortDays: 'Δευ|Τρί|Τετ|Πέμ|Παρ|Σάβ|Κυρ',
    near: 'χθες|σήμερα|αύριο|μεθαύριο',
  },
  hr: {
    months: 'siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga|prosinca',
    shortMonths: 'sij|velj|ožu|tra|svi|lip|srp|kol|ruj|lis|stu|pro',
    monthsAlone: 'siječanj|veljača|ožujak|travanj|svibanj|lipanj|srpanj|kolovoz|rujan|listopad|studeni|prosinac',
    days: 'ponedjeljak|utorak|srijeda|četvrtak|petak|subota|nedjelja',
    shortDays: 'pon|uto|sri|čet|pet|sub|ned',
    near: 'jučer|danas|sutra|prekosutra',
  },
  sl: {
    months: 'januar|februar|marec|april|maj|junij|julij|avgust|september|oktober|november|december',
    shortMonths: 'jan.|feb.|mar.|apr.|maj|jun.|jul.|avg.|sep.|okt.|nov.|dec.',
    days: 'ponedeljek|torek|sreda|četrtek|petek|sobota|nedelja',
    shortDays: 'pon.|tor.|sre.|čet.|pet.|sob.|ned.',
    near: 'včeraj|danes|jutri|pojutrišnjem',
  },
  ro: {
    months: 'ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie',
    shortMonths: 'ian.|feb.|mar.|apr.|mai|iun.|iul.|aug.|sept.|oct.|nov.|dec.',
    days: 'luni|marți|miercuri|joi|vineri|sâmbătă|duminică',
    shortDays: 'lun.|mar.|mie.|joi|vin.|sâm.|dum.',
    near: 'ieri|azi|mâine|poimâine',
  },
  id: {
    months: 'Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember',
    shortMonths: 'Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des',
    days: 'Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu',
    shortDays: 'Sen|Sel|Rab|Kam|Jum|Sab|Min',
    near: 'kemarin|hari ini|besok|lusa',
  },
  vi: {
    months: 'tháng 1|tháng 2|tháng 3|tháng 4|tháng 5|tháng 6|tháng 7|tháng 8|tháng 9|tháng 10|tháng 11|tháng 12',
    shortMonths: 'thg 1|thg 2|thg 3|thg 4|thg 5|thg 6|thg 7|thg 8|thg 9|thg 10|thg 11|thg 12',
    days: 'Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy|Chủ Nhật',
    shortDays: 'Thứ 2|Thứ 3|Thứ 4|Thứ 5|Thứ 6|Thứ 7|CN',
    near: 'hôm qua|hôm nay|ngày mai|ngày kia',
  },
  pl: {
    months: 'stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia',
    shortMonths: 'sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru',
    monthsAlone: 'styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień',
    days: 'poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela',
    shortDays: 'pon.|wt.|śr.|czw.|pt.|sob.|niedz.',
    near: 'wczoraj|dzisiaj|jutro|pojutrze',
  },
  cs: {
    months: 'ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince',
    monthsAlone: 'leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec',
    days: 'pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle',
    shortDays: 'po|út|st|čt|pá|so|ne',
    near: 'včera|dnes|zítra|pozítří',
  },
  sk: {
    months: 'januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra',
    monthsAlone: 'január|február|marec|apríl|máj|jún|júl|august|september|október|november|december',
    days: 'pondelok|utorok|streda|štvrtok|piatok|sobota|nedeľa',
    shortDays: 'po|ut|st|št|pi|so|ne',
    near: 'včera|dnes|zajtra|pozajtra',
  },
  hu: {
    months: 'január|február|március|április|május|június|július|augusztus|szeptember|október|november|december',
    shortMonths: 'jan.|febr.|márc.|ápr.|máj.|jún.|júl.|aug.|szept.|okt.|nov.|dec.',
    days: 'hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap',
    shortDays: 'H|K|Sze|Cs|P|Szo|V',
    near: 'tegnap|ma|holnap|holnapután',
  },
  uk: {
    months: 'січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня',
    shortMonths: 'січ.|лют.|бер.|квіт.|трав.|черв.|лип.|серп.|вер.|жовт.|лист.|груд.',
    monthsAlone: 'січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень',
    days: 'понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя',
    shortDays: 'пн|вт|ср|чт|пт|сб|нд',
    near: 'учора|сьогодні|завтра|післязавтра',
  },
  ru: {
    months: 'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря',
    shortMonths: 'янв.|февр.|мар.|апр.|мая|июн.|июл.|авг.|сент.|окт.|нояб.|дек.',
    monthsAlone: 'январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь',
    days: 'понедельник|вторник|среда|четверг|пятница|суббота|воскресенье',
    shortDays: 'пн|вт|ср|чт|пт|сб|вс',
    near: 'вчера|сегодня|завтра|послезавтра',
  },
  bg: {
    months: 'януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември',
    days: 'понеделник|вторник|сряда|четвъртък|петък|събота|неделя',
    shortDays: 'пн|вт|ср|чт|пт|сб|нд',
    near: 'вчера|днес|утре|вдругиден',
  },
  sv: {
    months: 'januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december',
    shortMonths: 'jan.|feb.|mars|apr.|maj|juni|juli|aug.|sep.|okt.|nov.|dec.',
    days: 'måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag',
    shortDays: 'mån|tis|ons|tors|fre|lör|sön',
    near: 'i går|i dag|i morgon|i övermorgon',
  },
  nb: {
    months: 'januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember',
    shortMonths: 'jan.|feb.|mars|apr.|mai|juni|juli|aug.|sep.|okt.|nov.|des.',
    days: 'mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag',
    shortDays: 'man.|tir.|ons.|tor.|fre.|lør.|søn.',
    near: 'i går|i dag|i morgen|i overmorgen',
  },
  fi: {
    months:
      'tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta',
    monthsAlone:
      'tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu|marraskuu|joulukuu',
    days: 'maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai',
    shortDays: 'ma|ti|ke|to|pe|la|su',
    near: 'eilen|tänään|huomenna|ylihuomenna',
  },
  fr: {
    months: 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
    shortMonths: 'janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.',
    days: 'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
    shortDays: 'lun.|mar.|mer.|jeu.|ven.|sam.|dim.',
    near: 'hier|aujourd’hui|demain|après-demain',
  },
  nl: {
    months: 'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december',
    shortMonths: 'jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec',
    days: 'maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag',
    shortDays: 'ma|di|wo|do|vr|za|zo',
    near: 'gisteren|vandaag|morgen|overmorgen',
  },
  tr: {
    months: 'Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık',
    shortMonths: 'Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara',
    days: 'Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar',
    shortDays: 'Pzt|Sal|Çar|Per|Cum|Cmt|Paz',
    near: 'dün|bugün|yarın|öbür gün',
  },
};
