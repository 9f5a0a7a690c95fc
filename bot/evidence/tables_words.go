package evidence

// Promises of the cPromise class: words that are claims by themselves.
const (
	pFree = iota + 1
	pAlways
	pNever
	pCertain
	pEvery
	pUnlimited
	pLifetime
	pEverywhere
	pTaxFree
	pInterestFree
	pRegardless
	pSameDay
	pNextDay
	pTomorrow
	pNoLimit
	pNotClaim // looks like a promise and is none
	pEveryLax // says "every" clearly enough for a source, not for a draft to be stopped
	pWePay
	pYouPay
)

var promiseTables = []table{
	{cPromise, pFree, "free|for free|free of charge|at no cost|no cost|at no charge|no charge|without charge|at no extra cost|no extra cost|at no extra charge|no extra charge|at no additional cost|complimentary|costs nothing|cost nothing|cost you nothing|costs you nothing|no fee|no fees|without any fee|not pay anything|pay nothing|won't pay anything|not charge|don't charge|does not charge|won't charge|never charge|won't be charged|aren't charged|are not charged|not be charged|on us|on the house|free-of-charge", en},
	{cPromise, pFree, "gratis|gratuito|gratuita|gratuitos|gratuitas|gratuitamente|sin coste|sin costes|sin costo|sin costos|sin cargo|sin cargos|sin coste adicional|sin coste alguno|sin gastos|sin gasto|no cuesta nada|no te cuesta nada|no tiene coste|no tienen coste|no tiene ningun coste|no te cobramos|no cobramos|no se cobra|sin pagar nada|sin ningun coste|sin coste para ti|sin ningun gasto|no pagas nada|no pagaras nada|no tienes que pagar|no pagas", es},
	{cPromise, pFree, "免费|免|包邮|免邮|免运费|免邮费|免费用|不收费|不收取|不收|不另收费|不另外收费|不额外收费|不额外收|不另收|不另外收|无需付费|无需支付|无需另付|不用付|不用花钱|不花钱|零费用|零元|不要钱|全免|白送|赠送|无需额外付费|不用另付|不用出|不用您出|不用你出|不需要付", zh},
	{cPromise, pNotClaim, "feel free|please feel free|free to|free time|free size|hands free|free from|sugar free|as always|always happy|always here|always glad|always welcome|always a pleasure|always delighted|toll free|免得|避免|难免|未免|免打扰|免责|免烫|免洗|免疫|一如既往|como siempre|siempre que|siempre y cuando|para siempre|estamos siempre|siempre estamos|no dudes|never mind|never hesitate|any questions|any question|any other|any doubts|any further|any problem|any problems|any trouble|any doubt|anything else|any luck|anytime|随时|保证金|不一定|不保证|无法保证|不能保证|一定的|一定程度|一定要|一定时间|有一定|任何问题|任何疑问|任何其他|任何需要|其他任何|cualquier duda|cualquier cosa|cualquier otra|cualquier pregunta|cualquier consulta|cualquier problema|cualquier momento|any point|not guaranteed|not guarantee|cannot guarantee|can't guarantee|no guarantee|no garantizamos|no podemos garantizar|no garantiza|no esta garantizado|no esta garantizada|not always|no siempre|不总是|at any time|any moment|in any case|en cualquier caso|任何时候都可以联系|肯定的|非一定", 0},
	{cPromise, pAlways, "always|at all times|every time|every single time|invariably|all the time", en},
	{cPromise, pAlways, "siempre|en todo momento|todas las veces|cada vez", es},
	{cPromise, pAlways, "总是|永远|始终|一直|每次|任何时候|无论何时|随时随地|总能|总会", zh},
	{cPromise, pNever, "never|not ever|under no circumstances", en},
	{cPromise, pNever, "nunca|jamas|en ningun caso|bajo ningun concepto", es},
	{cPromise, pNever, "从不|绝不|永不|永远不|决不|从来不|从未|绝对不|从没|永远不会|绝不会", zh},
	{cPromise, pCertain, "guaranteed|guarantees|we guarantee|i guarantee|guarantee that|guarantee you|definitely|certainly|without fail|absolutely|undoubtedly|for certain|for sure|we promise|i promise|is assured|are assured", en},
	{cPromise, pCertain, "garantizado|garantizada|garantizados|garantizadas|garantizamos|garantiza|garantizan|garantizo|te aseguramos|te aseguro|seguro que|sin falta|con total seguridad|definitivamente|sin ninguna duda|prometemos|te prometo", es},
	{cPromise, pCertain, "保证|一定|肯定|必定|绝对|包您|必然|担保|百分百|百分之百|我们承诺", zh},
	{cPromise, pEvery, "any|every|anyone|everyone|everybody|anybody|anything|everything|any and all|no matter what|no matter which", en},
	{cPromise, pEveryLax, "all|each|whichever|whatever", en},
	{cPromise, pEvery, "cualquier|cualquiera|todos los|todas las|cualesquiera|todo el mundo", es},
	{cPromise, pEveryLax, "cada|todo|toda|todos|todas", es},
	{cPromise, pEvery, "任何|任意|所有|全部|一切|全场|无论什么|不管什么", zh},
	{cPromise, pEveryLax, "每|各|都|均|全|凡", zh},
	{cPromise, pUnlimited, "unlimited|without limit|no limit|as often as you like|as many as you like|limitless|sin limite|sin limites|ilimitado|ilimitada|ilimitados|ilimitadas|不限|无限|不限量|不限次数|无上限|不设上限|不封顶", 0},
	{cPromise, pLifetime, "lifetime|for life|forever|permanent|permanently|de por vida|para siempre|vitalicia|vitalicio|permanente|permanentemente|终身|终生|永久|一辈子", 0},
	{cPromise, pEverywhere, "worldwide|everywhere|anywhere|all over the world|every country|any country|all countries|todo el mundo|cualquier pais|todos los paises|全球|全世界|世界各地|任何国家|所有国家|各国", 0},
	{cPromise, pTaxFree, "duty free|tax free|duty-free|tax-free|duties included|no duties|no customs|sin aranceles|libre de impuestos|sin impuestos|免税|包税|免关税", 0},
	{cPromise, pInterestFree, "interest free|no interest|without interest|interest-free|sin intereses|sin interes|no pagas intereses|免息|无息|零利息|不收利息|不收息|没有利息|无利息|不收取利息", 0},
	{cPromise, pRegardless, "regardless|irrespective|even if|even when|whether or not|no matter|sin importar|independientemente|incluso si|无论|不论|不管|即使|哪怕|即便", 0},
	{cPromise, pSameDay, "same day|same-day|mismo dia|当天|当日|同一天", 0},
	{cPromise, pNextDay, "next day|next-day|the following day|overnight|dia siguiente|次日|第二天|隔天|隔日", 0},
	{cPromise, pTomorrow, "tomorrow|明天|明日", 0},
	{cPercent, 50, "half price|half-price|half off|a mitad de precio|mitad de precio|半价|对折|半折", 0},
	{cPercent, 100, "百分百", 0},
	{cTopic, 1, "shipping|delivery|deliveries|postage|ship|shipped|deliver|delivered|shipment|envio|envios|enviar|enviamos|entrega|entregas|运费|邮费|配送|快递|包邮|免邮|发货|送货|邮|寄送", 0},
	{cTopic, 2, "return|returns|returned|returning|sending it back|send it back|send back|sending back|devolucion|devoluciones|devolver|devuelves|devuelve|退货|退换|退|退回|寄回", 0},
	{cTopic, 31, "退款|refund|refunds|refunded|reembolso|reembolsos", 0},
	{cTopic, 3, "exchange|exchanges|exchanged|exchanging|swap|cambio|cambios|cambiar|换货|退换|换|调换", 0},
	{cTopic, 4, "gift wrap|gift wrapping|wrapping|wrap|wrapped|envoltorio|envolver|para regalo|envuelto|礼品包装|包装|礼盒", 0},
	{cTopic, 5, "repair|repairs|repaired|mend|fix|reparacion|reparaciones|reparar|reparamos|维修|修理|修补|保修", 0},
	{cTopic, 6, "alteration|alterations|tailoring|hemming|arreglo|arreglos|改衣|裁改|修改|改短", 0},
	{cTopic, 7, "sample|samples|swatch|swatches|muestra|muestras|样品|小样|布样", 0},
	{cTopic, 8, "gift|gifts|regalo|regalos|赠品|礼品|礼物|小礼物", 0},
	{cTopic, 9, "installation|assembly|install|assemble|instalacion|montaje|montar|安装|组装", 0},
	{cTopic, 10, "collection|collect|pick up|pickup|click and collect|recogida|recoger|recoges|自提|到店取|取货|取件|上门", 0},
	{cTopic, 11, "cancel|cancellation|cancelling|cancelled|cancelar|cancelacion|anular|取消", 0},
	{cTopic, 12, "invoice|invoices|factura|facturas|发票", 0},
	{cTopic, 13, "membership|member|join|joining|socio|socios|club|会员|入会", 0},
}

// Groups of the cGroup class: within one, members exclude each other. The id is group*100+member.
const (
	gPlace = iota + 1
	gArea
	gSpeed
	gCustomer
	gWhere
	gWorn
	gPrice
	gWash
	gLevel
	gPayer
	gProduct
)

// overseas is a place that names no place.
const overseas = gPlace*100 + 32

var groupTables = []table{
	{cGroup, gPlace*100 + 1, "spain|espana|西班牙", 0},
	{cGroup, gPlace*100 + 2, "uk|u.k.|united kingdom|great britain|britain|england|reino unido|gran bretana|inglaterra|英国", 0},
	{cGroup, gPlace*100 + 3, "us|usa|u.s.|u.s.a.|united states|america|estados unidos|ee uu|ee.uu.|eeuu|美国", 0},
	{cGroup, gPlace*100 + 4, "china|mainland china|china continental|中国|中国大陆|内地|大陆|国内", 0},
	{cGroup, gPlace*100 + 5, "germany|alemania|德国", 0}, {cGroup, gPlace*100 + 6, "france|francia|法国", 0},
	{cGroup, gPlace*100 + 7, "italy|italia|意大利", 0}, {cGroup, gPlace*100 + 8, "portugal|葡萄牙", 0},
	{cGroup, gPlace*100 + 9, "ireland|irlanda|爱尔兰", 0}, {cGroup, gPlace*100 + 10, "mexico|墨西哥", 0},
	{cGroup, gPlace*100 + 11, "canada|加拿大", 0}, {cGroup, gPlace*100 + 12, "australia|澳大利亚|澳洲", 0},
	{cGroup, gPlace*100 + 13, "japan|japon|日本", 0}, {cGroup, gPlace*100 + 14, "korea|south korea|corea|韩国", 0},
	{cGroup, gPlace*100 + 15, "hong kong|香港|港澳台|港澳", 0}, {cGroup, gPlace*100 + 16, "macau|macao|澳门|港澳台|港澳", 0},
	{cGroup, gPlace*100 + 17, "taiwan|台湾|港澳台", 0}, {cGroup, gPlace*100 + 18, "singapore|singapur|新加坡", 0},
	{cGroup, gPlace*100 + 19, "switzerland|suiza|瑞士", 0}, {cGroup, gPlace*100 + 20, "norway|noruega|挪威", 0},
	{cGroup, gPlace*100 + 21, "netherlands|holland|paises bajos|holanda|荷兰", 0}, {cGroup, gPlace*100 + 22, "belgium|belgica|比利时", 0},
	{cGroup, gPlace*100 + 23, "argentina|阿根廷", 0}, {cGroup, gPlace*100 + 24, "chile|智利", 0}, {cGroup, gPlace*100 + 25, "colombia|哥伦比亚", 0},
	{cGroup, gPlace*100 + 26, "austria|奥地利", 0}, {cGroup, gPlace*100 + 27, "andorra|安道尔", 0},
	{cGroup, gPlace*100 + 30, "eu|european union|ue|union europea|欧盟", 0}, {cGroup, gPlace*100 + 31, "europe|europa|欧洲", 0},
	{cGroup, gPlace*100 + 32, "overseas|abroad|outside the country|extranjero|海外|国外|境外", 0},
	{cGroup, gArea*100 + 1, "mainland|continental|contiguous|contiguos|contiguas|mainland spain|peninsula|la peninsula|peninsular|西班牙本土|半岛|本土", 0},
	{cGroup, gArea*100 + 2, "canary islands|the canaries|canaries|canarias|islas canarias|加那利|加那利群岛", 0},
	{cGroup, gArea*100 + 3, "balearic islands|balearics|baleares|islas baleares|巴利阿里|巴利阿里群岛", 0},
	{cGroup, gArea*100 + 4, "islands|islas|海岛|岛屿", 0},
	{cGroup, gArea*100 + 5, "ceuta|休达", 0}, {cGroup, gArea*100 + 6, "melilla|梅利利亚", 0},
	{cGroup, gArea*100 + 7, "northern ireland|irlanda del norte|北爱尔兰", 0}, {cGroup, gArea*100 + 8, "scotland|escocia|苏格兰|highlands|scottish highlands", 0},
	{cGroup, gArea*100 + 9, "alaska|阿拉斯加", 0}, {cGroup, gArea*100 + 10, "hawaii|hawai|夏威夷", 0}, {cGroup, gArea*100 + 11, "puerto rico|波多黎各", 0},
	{cGroup, gArea*100 + 12, "新疆|xinjiang", 0}, {cGroup, gArea*100 + 13, "西藏|tibet", 0}, {cGroup, gArea*100 + 14, "江浙沪|jiangsu|zhejiang|江苏|浙江", 0},
	{cGroup, gArea*100 + 15, "内蒙古|内蒙|inner mongolia|mongolia interior", 0}, {cGroup, gArea*100 + 16, "青海|qinghai", 0}, {cGroup, gArea*100 + 17, "海南|hainan", 0}, {cGroup, gArea*100 + 18, "偏远地区|remote areas|remote area|zonas remotas", 0},
	{cGroup, gArea*100 + 19, "北京|beijing|pekin", 0}, {cGroup, gArea*100 + 20, "上海|shanghai|江浙沪", 0}, {cGroup, gArea*100 + 21, "广州|guangzhou", 0},
	{cGroup, gArea*100 + 22, "深圳|shenzhen", 0}, {cGroup, gArea*100 + 23, "madrid|马德里", 0}, {cGroup, gArea*100 + 24, "barcelona|巴塞罗那", 0}, {cGroup, gArea*100 + 25, "london|londres|伦敦", 0},
	{cGroup, gSpeed*100 + 1, "standard|estandar|normal delivery|标准|普通快递|普通配送|标准配送|平邮", 0},
	{cGroup, gSpeed*100 + 2, "next day|next-day|dia siguiente|express|expres|urgent|urgente|加急|特快|快速配送|次日达", 0},
	{cGroup, gCustomer*100 + 1, "new customers|new customer|first time customers|new users|new members|nuevos clientes|clientes nuevos|nuevo cliente|cliente nuevo|新客|新用户|新会员|新顾客|新人", 0},
	{cGroup, gCustomer*100 + 2, "existing customers|existing customer|returning customers|existing members|clientes existentes|clientes habituales|clientes actuales|老客|老用户|老会员|老顾客", 0},
	{cGroup, gWhere*100 + 1, "in store|in-store|in our stores|in our shops|in a store|in any store|in any shop|in a shop|en tienda|en tienda fisica|en nuestras tiendas|门店|线下|到店|实体店", 0},
	{cGroup, gWhere*100 + 2, "online|web orders|por internet|en linea|en la web|线上|网上|网店", 0},
	{cGroup, gWorn*100 + 1, "worn|used|washed|opened|usado|usados|usada|usadas|lavado|lavados|lavadas|abierto|abiertos|穿过|用过|洗过|拆封|已使用", 0},
	{cGroup, gWorn*100 + 2, "unworn|unused|unwashed|unopened|sin usar|sin lavar|sin abrir|sin estrenar|未穿|未使用|未拆封|未洗|没穿过|没用过|全新", 0},
	{cGroup, gPrice*100 + 1, "full price|full-price|regular price|precio completo|sin rebaja|正价|原价商品", 0},
	{cGroup, gPrice*100 + 2, "sale items|on sale|discounted items|reduced items|rebajados|rebajadas|en rebajas|de rebajas|特价|打折商品|折扣商品|清仓", 0},
	{cGroup, gWash*100 + 1, "hand wash|wash by hand|washed by hand|hand washing|lavar a mano|lavado a mano|lavalo a mano|lavala a mano|手洗", 0},
	{cGroup, gWash*100 + 2, "machine wash|machine washable|washing machine|lavar a maquina|lavadora|机洗|洗衣机", 0},
	{cGroup, gWash*100 + 3, "dry clean|dry cleaning|dry clean only|dry cleaned|limpieza en seco|tintoreria|干洗", 0},
	{cGroup, gLevel*100 + 1, "silver|plata|银卡|银牌", 0}, {cGroup, gLevel*100 + 2, "gold|oro|金卡|金牌", 0}, {cGroup, gLevel*100 + 3, "platinum|platino|白金|铂金", 0}, {cGroup, gLevel*100 + 4, "diamond|diamante|钻石", 0},
	{cGroup, gPayer*100 + 1, "we pay|we cover|we bear|at our expense|covered by us|paid by us|a nuestro cargo|de nuestra cuenta|por nuestra cuenta|pagamos nosotros|lo pagamos|pagamos el envio|pagamos los portes|pagamos los gastos|我们承担|商家承担|卖家承担|由我们|我们出|我们负责|本店承担", 0},
	{cGroup, gPayer*100 + 2, "you pay|you cover|you bear|at your expense|at your own expense|at your own cost|a tu cargo|de tu cuenta|por tu cuenta|pagas tu|lo pagas tu|corren por tu cuenta|您承担|买家承担|顾客承担|自理|自付|您自己承担|由您", 0},
}

// demonyms name a place in a source: "the Spanish store".
var demonyms = map[string]int{"spanish": gPlace*100 + 1, "espanol": gPlace*100 + 1, "espanola": gPlace*100 + 1, "british": gPlace*100 + 2, "britanico": gPlace*100 + 2, "britanica": gPlace*100 + 2,
	"american": gPlace*100 + 3, "estadounidense": gPlace*100 + 3, "chinese": gPlace*100 + 4, "chino": gPlace*100 + 4, "china": gPlace*100 + 4, "german": gPlace*100 + 5, "aleman": gPlace*100 + 5,
	"french": gPlace*100 + 6, "frances": gPlace*100 + 6, "francesa": gPlace*100 + 6, "italian": gPlace*100 + 7, "italiano": gPlace*100 + 7, "portuguese": gPlace*100 + 8, "portugues": gPlace*100 + 8}

// Products exclude each other: a price of the coat is no price of the dress.
var productTables = []table{
	{cGroup, gProduct*100 + 1, "coat|coats|abrigo|abrigos|大衣", 0}, {cGroup, gProduct*100 + 2, "jacket|jackets|chaqueta|chaquetas|外套|夹克", 0},
	{cGroup, gProduct*100 + 3, "dress|dresses|vestido|vestidos|连衣裙|裙子", 0}, {cGroup, gProduct*100 + 4, "skirt|skirts|falda|faldas|半身裙", 0},
	{cGroup, gProduct*100 + 5, "shirt|shirts|camisa|camisas|衬衫", 0}, {cGroup, gProduct*100 + 6, "t-shirt|t-shirts|tee|camiseta|camisetas|t恤", 0},
	{cGroup, gProduct*100 + 7, "jumper|jumpers|sweater|sweaters|jersey|jerseis|毛衣|羊毛衫|针织衫", 0}, {cGroup, gProduct*100 + 8, "trousers|pants|jeans|pantalon|pantalones|裤子|牛仔裤|长裤", 0},
	{cGroup, gProduct*100 + 9, "scarf|scarves|bufanda|bufandas|围巾", 0}, {cGroup, gProduct*100 + 10, "hat|hats|gorro|gorros|sombrero|sombreros|帽子", 0},
	{cGroup, gProduct*100 + 11, "socks|calcetines|袜子", 0}, {cGroup, gProduct*100 + 12, "underwear|ropa interior|内衣", 0},
	{cGroup, gProduct*100 + 20, "shoes|shoe|calzado|zapatos|zapato|鞋|鞋子", 0}, {cGroup, gProduct*100 + 21, "boots|botas|靴子", 0}, {cGroup, gProduct*100 + 22, "sneakers|trainers|zapatillas|运动鞋", 0}, {cGroup, gProduct*100 + 23, "sandals|sandalias|凉鞋", 0},
	{cGroup, gProduct*100 + 30, "sofa|sofas|沙发", 0}, {cGroup, gProduct*100 + 31, "table|tables|mesa|mesas|餐桌|桌子", 0}, {cGroup, gProduct*100 + 32, "desk|desks|escritorio|escritorios|书桌", 0},
	{cGroup, gProduct*100 + 33, "chair|chairs|silla|sillas|椅子", 0}, {cGroup, gProduct*100 + 34, "wardrobe|wardrobes|armario|armarios|衣柜", 0}, {cGroup, gProduct*100 + 35, "mattress|mattresses|colchon|colchones|床垫", 0},
	{cGroup, gProduct*100 + 36, "lamp|lamps|lampara|lamparas|台灯|灯", 0}, {cGroup, gProduct*100 + 37, "candle|candles|vela|velas|蜡烛", 0}, {cGroup, gProduct*100 + 38, "curtain|curtains|cortina|cortinas|窗帘", 0},
	{cGroup, gProduct*100 + 39, "rug|rugs|alfombra|alfombras|地毯", 0}, {cGroup, gProduct*100 + 40, "mug|mugs|taza|tazas|马克杯|杯子", 0}, {cGroup, gProduct*100 + 41, "frying pan|pan|sarten|sartenes|平底锅|锅", 0},
	{cGroup, gProduct*100 + 42, "towel|towels|toalla|toallas|毛巾|浴巾", 0}, {cGroup, gProduct*100 + 43, "pillow|pillows|almohada|almohadas|枕头", 0}, {cGroup, gProduct*100 + 44, "duvet|duvets|edredon|edredones|被子|羽绒被", 0},
	{cGroup, gProduct*100 + 45, "gift card|gift cards|tarjeta regalo|tarjetas regalo|礼品卡", 0}, {cGroup, gProduct*100 + 46, "battery|batteries|bateria|baterias|电池", 0}, {cGroup, gProduct*100 + 47, "charger|chargers|cargador|cargadores|充电器", 0},
	{cGroup, gProduct*100 + 48, "backpack|backpacks|mochila|mochilas|背包", 0}, {cGroup, gProduct*100 + 49, "belt|belts|cinturon|cinturones|皮带|腰带", 0},
}

var polarityTables = []table{
	{cNotNot, 1, "not only|no problem|no worries|don't worry|do not worry|don't hesitate|do not hesitate|no later than|no more than|no less than|not more than|not less than|no longer than|if not|why not|whether or not|or not|no need to worry|no fewer than|not later than|not exceeding|no cost|no extra cost|no charge|no extra charge|without charge|no fee|no fees|without any fee|non stick|no iron|no interest|without interest|not charge|won't charge|don't charge|no additional cost", en},
	{cNotNot, 1, "sin coste|sin costes|sin costo|sin cargo|sin cargos|sin gastos|sin intereses|sin coste adicional|sin mangas|no cuesta nada|no te cuesta nada|no te cobramos|no cobramos|no pagas nada|no solo|no dudes|no te preocupes|no obstante|no mas de|no menos de|por que no|si no|sin problema|sin problemas|no hay problema|no supere|no supera|no superior|sin duda|sino|no solamente|no importa|no pasa nada", es},
	{cNotNot, 1, "不同|不错|不但|不仅|不好意思|不客气|不管|无论|不论|不过|不然|差不多|不妨|免不了|要不|对不起|不少|不超过|不少于|不低于|不高于|不足|不满|不到|不用担心|别担心|不必担心|没问题|没关系|是否|能不能|可不可以|是不是|有没有|要不要|不止|非常|无理由|不锈钢|不粘|无袖|无痕|不收费|不收取|无需付费|无需支付|无息|不另收费|不另外收费|不额外收费|不额外收|不另收|不另外收|未来|无忧|无缝|无线|特别|分别|区别|类别|个别|级别|别的|否则|莫非|不断|不便|别急|别着急", zh},
	{cNot, 1, "not|no|never|cannot|can't|don't|doesn't|won't|isn't|aren't|didn't|wasn't|weren't|couldn't|shouldn't|mustn't|needn't|wouldn't|haven't|hasn't|without|unable|impossible|except|excluding|excluded|unless|nor|none|neither|nothing|non|excludes|refuse|refused|ineligible|unavailable|isnt|dont|cant|wont|doesnt|arent", en},
	{cNot, 1, "no|ni|sin|nunca|jamas|tampoco|imposible|excepto|salvo|ningun|ninguno|ninguna|nada|nadie|excluidos|excluidas|excluye|excluido|excluida|a menos que", es},
	{cNot, 1, "除非|不|没|没有|无|无法|未|非|勿|别|禁止|拒绝|谢绝|除外|莫|除了|无需|并非|毫无", zh},
	{cStop, 1, "the|a|an|of|to|in|on|at|for|and|or|but|is|are|was|were|be|been|it|its|this|that|these|those|you|your|yours|we|our|us|i|my|me|they|their|them|with|from|by|as|so|if|then|than|can|could|will|would|may|might|should|shall|do|does|did|have|has|had|there|here|just|also|too|very|please|yes|which|who|what|when|how|all|any|some|about|into|out|up|once|it's|you'll|we'll|you're|we're|i'll|that's|you've|we've|after|before|within|per|each|more|only|get|dear|hi|hello|thanks|thank|sorry|sure|need", en},
	{cStop, 1, "el|la|los|las|un|una|unos|unas|de|del|al|a|en|con|por|para|y|o|u|e|que|se|su|sus|tu|tus|te|ti|lo|le|les|nos|nuestro|nuestra|nuestros|nuestras|es|son|esta|estan|este|esto|estos|estas|ese|eso|esa|como|si|ya|mas|muy|tambien|puede|puedes|pueden|podemos|podras|hay|ha|han|he|desde|hasta|entre|sobre|cuando|donde|solo|hola|gracias|favor|cada|tienes|tiene|ser|estar|fue|eres|soy|pero|porque|asi|aqui|ahi|quieres|necesitas|debe|debes", es},
}

var smallTables = []table{
	{cCarrier, 1, "sf|sf express|顺丰|顺丰速运", 0}, {cCarrier, 2, "zto|中通", 0}, {cCarrier, 3, "yto|圆通", 0}, {cCarrier, 4, "sto|申通", 0}, {cCarrier, 5, "yunda|韵达", 0},
	{cCarrier, 6, "jd|jd logistics|京东|京东物流", 0}, {cCarrier, 7, "ems|中国邮政|邮政", 0}, {cCarrier, 8, "dhl", 0}, {cCarrier, 9, "ups", 0}, {cCarrier, 10, "fedex|联邦", 0},
	{cCarrier, 11, "usps", 0}, {cCarrier, 12, "royal mail|皇家邮政", 0}, {cCarrier, 13, "correos|correos express", 0}, {cCarrier, 14, "seur", 0}, {cCarrier, 15, "gls", 0},
	{cCarrier, 16, "evri", 0}, {cCarrier, 17, "mrw", 0}, {cCarrier, 18, "dpd", 0}, {cCarrier, 19, "极兔", 0},
	{cEvent, 1, "打包|packing|packed|pack|empaquetar|empaquetado|empaquetemos|empaquetarlo", 0},
	{cEvent, 2, "发货|发出|dispatch|dispatched|dispatching|shipping it|shipped|enviado|enviarlo|salida|el envio|despachado", 0},
	{cEvent, 3, "付款|支付|payment|paying|paid|pago|pagar|pagado", 0},
	{cEvent, 4, "洗涤|清洗|washing|lavar|lavado", 0},
	{cEvent, 5, "安装|组装|assembly|assembling|montaje|montarlo", 0},
	{cFixed, 15, "a quarter of an hour|quarter of an hour|un cuarto de hora|cuarto de hora|一刻钟", 0},
	{cFixed, 45, "three quarters of an hour|tres cuartos de hora|三刻钟", 0},
	{cSystem, 1, "eu|欧码|欧|eu码", 0}, {cSystem, 2, "uk|英码", 0}, {cSystem, 3, "us|美码", 0}, {cSystem, 4, "fr|法码", 0}, {cSystem, 5, "it", en | es}, {cSystem, 6, "jp|日码", 0}, {cSystem, 7, "cn|国码", 0},
	{cSizeWord, 1, "size|sizes|sized|talla|tallas|尺码|码数|鞋码|码号|尺寸|号码|码", 0},
	{cStep, 1, "step|steps|option|options|paso|pasos|opcion|opciones|步骤|方法|方案|选项|方式|情况|part|section|question|pregunta|apartado|no.|nº|第", 0},
	{cCodeWord, 1, "code|coupon|promo|voucher|codigo|cupon|优惠码|折扣码|优惠券码|券码|口令|兑换码|邀请码|coupon code", 0},
}
