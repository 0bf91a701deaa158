/** Words that stand where a thing could stand, but say how, how much, when, where or for whom. */
export const noThings: ReadonlySet<string> = new Set(
  `
online offline instore abroad again often always sometimes seldom rarely never ever once twice instead together alone
late later early earlier soon then now today tonight tomorrow yesterday daily weekly monthly yearly annually fortnightly
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
weekend weekends weekday weekdays morning mornings evening evenings afternoon night nights noon midnight christmas easter
diwali holi eid ramadan navratri dussehra onam pongal thanksgiving halloween spring summer autumn winter monsoon
regularly frequently repeatedly consistently directly much so very too well only just also elsewhere else otherwise
everything nothing something anything everywhere anywhere somewhere here there both each every either neither other others
another lots lot many few fewer several multiple various different more less most least enough all some any none no not
cheap expensive discounted bulk stuff new old best top same such own first last next previous latest
about above across after against along among around as at before behind below beneath beside besides between beyond by
circa concerning despite down during except excluding following for from in inside into like minus near nearby off on onto
opposite out outside over past per plus regarding round since than through throughout till to toward towards under
underneath unlike until up upon using versus via when whenever where wherever while with within without because if unless
although though whether and or nor but yet approximately roughly nearly almost exactly precisely maybe perhaps probably
likely unlikely possibly hopefully i me my mine you your yours he him his she her hers it its we us our ours they them
their theirs who whom whose which what that this these those is are was were be been being am do does did done doing have
has had having will would shall should can could may might must
`
    .trim()
    .split(/\s+/),
)

/** Words after "from" or "in" that name where people come from in another sense, or when, and no place. */
export const noPlaces: ReadonlySet<string> = new Set(
  `
instagram facebook google whatsapp twitter youtube linkedin tiktok snapchat pinterest telegram reddit amazon flipkart
shopify ebay etsy myntra zomato swiggy meta bing yahoo gmail outlook hotmail email emails sms website websites web app apps
mobile desktop android ios iphone ipad windows mac referral referrals referred ads adwords campaign campaigns newsletter
newsletters organic affiliate affiliates influencer influencers marketplace tech it hr finance retail wholesale b2b b2c
diwali holi eid ramadan navratri dussehra onam pongal christmas easter thanksgiving halloween rakhi monday tuesday
wednesday thursday friday saturday sunday hindi english tamil telugu bengali marathi kannada urdu french spanish german
love debt crm excel csv database
`
    .trim()
    .split(/\s+/),
)
