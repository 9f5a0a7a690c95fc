package evidence

import "strings"

// Words that narrow or widen what a sentence says.
const (
	scOnly = iota + 1
	scExcept
	scAll
	scFirst
	scLater
	scIf
	scBefore
	scAfter
	scMust
	scSame
	scOther
	scMore
	scLess
	scYes
	scWithin
	scAlso
	scThird
)

var scopeTables = []table{
	{cScope, scOnly, "only|solely|exclusively", en}, {cScope, scOnly, "solo|solamente|unicamente|exclusivamente|unico|unica", es}, {cScope, scOnly, "仅|只|限|才|唯一", zh},
	{cScope, scExcept, "except|excluding|unless|other than|apart from|excluded", en}, {cScope, scExcept, "salvo|excepto|menos|aparte|excluido|excluidos|excluidas", es}, {cScope, scExcept, "除|以外", zh},
	{cScope, scAll, "all|every|each|any|both|always|either|everything|anything|anyone|everyone|whole", en}, {cScope, scAll, "todo|todos|toda|todas|cualquier|cualquiera|cada|ambos|ambas|siempre", es}, {cScope, scAll, "都|全|每|各|均|任何|所有|一律|整", zh},
	{cScope, scFirst, "first|initial", en}, {cScope, scFirst, "primer|primera|primero|primeros|primeras", es}, {cScope, scFirst, "首|第一|头一|头次", zh},
	{cScope, scLater, "second|later|further|again|subsequent|next", en}, {cScope, scLater, "segundo|segunda|siguiente|siguientes|sucesivos|sucesivas", es}, {cScope, scLater, "第二|之后|以后|再次|后续", zh},
	{cScope, scThird, "third|tercero|tercera|tercer|第三", 0},
	{cScope, scIf, "if|when|once|provided|as long as|unless|where", en}, {cScope, scIf, "si|cuando|siempre que|mientras", es}, {cScope, scIf, "如果|若|要是|只要|的话|万一|时", zh},
	{cScope, scBefore, "before|until|till", en}, {cScope, scBefore, "antes|hasta", es}, {cScope, scBefore, "前|之前|以前", zh},
	{cScope, scAfter, "after|since|once", en}, {cScope, scAfter, "despues|tras|desde", es}, {cScope, scAfter, "后|之后|以后", zh},
	{cScope, scMust, "must|need|needs|have to|has to|should|required", en}, {cScope, scMust, "debe|debes|deben|tienes que|tiene que|hay que|necesitas|necesita|necesario|obligatorio", es}, {cScope, scMust, "必须|务必|需要|须", zh},
	{cScope, scSame, "same", en}, {cScope, scSame, "mismo|misma|mismos|mismas", es}, {cScope, scSame, "同", zh},
	{cScope, scOther, "other|another|others|elsewhere|rest", en}, {cScope, scOther, "otro|otra|otros|otras|demas|resto", es}, {cScope, scOther, "其他|其它|别的|其余", zh},
	{cScope, scMore, "more|larger|bigger|longer|higher|up|over|above", en}, {cScope, scMore, "mas|mayor|mayores", es}, {cScope, scMore, "更|大一|超", zh},
	{cScope, scLess, "less|smaller|fewer|shorter|lower|down|under|below", en}, {cScope, scLess, "menor|menores", es}, {cScope, scLess, "小一", zh},
	{cScope, scWithin, "within|during|while", en}, {cScope, scWithin, "dentro de|durante|en periodo|en plazo", es}, {cScope, scWithin, "期内|期间|期里", zh},
	{cScope, scAlso, "also|too|likewise|so do|so does|as well|equally", en}, {cScope, scAlso, "tambien|igual|igualmente|tampoco", es}, {cScope, scAlso, "也|同样|一样", zh},
	{cScope, scYes, "yes", en}, {cScope, scYes, "si,", es},
}

// plain words say nothing by themselves.
var plain = set("usually normally generally simply then well though however happy happily unfortunately afraid sadly luckily means mean bear mind note remember know see here's there's it'll that'll they'll they're we've you've i'm i'd we'd you'd go goes going let let's right great good fine " +
	"question currently actually really quite bit find look looking want wants able make makes sure having give gives tell ask use using start starts already still plus while because way such roughly around hurry news try case lovely kindly happens happen say says thing things during since doing now " +
	"normalmente generalmente suele suelen van va dinos dime encantados encantada ayudarte pues entonces ahora actualmente momento aviso desgracia ademas aunque hace hacer haces hacerlo falta siento sentimos preocupes poco mucho bien mejor luego queda puedas podeis quieras prefieres deseas tranquilo tranquila mira oye cosa vale ve ves veras sigue basta tenemos tendras tendria ir ejemplo caso sola solo vamos ser sera seria estes estaba nada durante")

var plainHan = set("的 了 吗 呢 吧 啊 呀 哦 哈 嘛 您 你 我们 我 是 在 和 与 也 就 会 能 可以 要 请 把 被 对 从 到 为 这 那 亲 一般 通常 大概 左右 的话 哟 喔 啦 这边 那边 目前 暂时 然后 就能 就行 即可 直接 其实 这个 那个 这样 这里 有 没问题 好的 抱歉 放心 您好 你好 麻烦 给 让 跟 以 而 则 但 但是 不过 所以 因为 还 又 并 并且 而且 或 或者 及 以及 等 时候 起来 下 上 来 去 得 着 过 里 内 中 间 嗯 多 点 " +
	"提醒 一下 一共 情况 具体 建议 另外 好 帮 完 那会儿 谅解 就好 就是 也就是 对应 属于 用 行 说 个 一些 一点 有点 现在 什么 怎么 一直 真的 确实 记得 问题 处理 方面 部分 知道 告诉 看 很 挺 比较 着急 别担心 不好意思 先 再")

// senses has for a stem the meanings that it shares with others: each line is words that a shop uses for the same.
var senses = func() map[string][]int {
	m := map[string][]int{}
	for i, line := range strings.Split(`arrive arrives arriving arrival reach reaches reaching receive received receiving get gets got getting deliver delivers delivered delivery take takes come comes
shipping delivery postage
send sends sent ship ships shipped dispatch dispatched post mail leave leaves
pay paid cost costs charge charged price fee
refund refunds refunded money
order orders purchase purchases buy bought buying
item items product products piece pieces one ones
choose pick select picking choosing tick
photo photos picture pictures image images
parcel parcels package packages
phone mobile
text sms
email mail
fault faults faulty defect defective
repair repairs fix mend
exchange exchanges swap
keep keeps kept hold holds held stay stays
big bigger larger large
small smaller
wash washing washed washes
return returns returned returning back
include included includes including with
store stores shop shops
last lasts valid
buyers shoppers customers
llega llegan llegue llegar llegara tarda tardan tarde recibes recibe recibir recibiras entrega entregan entregamos
envio envios gastos portes
enviamos envia enviar mandamos mandar manda sale salen salga salir envian
devolver devolucion devuelves devuelve devolvemos devolverlo devuelto reembolso reembolsamos reembolsar dinero
pagar paga pagas pagaste cuesta cuestan cobra cobran cobramos cobro precio
pedido pedidos compra compras orden
articulo articulos producto productos prenda prendas pieza piezas
elegir elige eliges escoge escoges coge coger marca pulsa
foto fotos imagen imagenes
cambio cambios cambiar cambias
movil telefono
sms mensaje
correo email
defecto defectos fallo fallos tara
soluciona solucionamos reparamos reparar arreglamos resolvemos resuelve
comprueba mira revisa consulta consultar comprobar
duran dura duracion valido validez caduca
permite puedes admite
lavalo lavar lavado lava lavala
secalo secar seca`, "\n") {
		for _, w := range strings.Fields(line) {
			m[w] = append(m[w], i)
		}
	}
	return m
}()

// sensesHan has Chinese words that a shop uses for the same, those of a line under each of them.
var sensesHan = func() map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Split(`运费 邮费 快递费 配送费
发货 发出 寄出 出库 发走 寄走
收到 到货 送到 送达 到手 到达 签收 到
包裹 快件 快递
填写 填 输入 输 写
选 选择 挑 拿 点 勾选
发给我们 发来 发过来 给我们 告诉我们
退款 退钱 退
颜色 色
尺码 尺寸 码
衣服 服装 衣物 衣
承担 出 付
订单 单
查 查看 查询 看到
照片 图片 照
申请 提交
坏 破损 破
换货 换
价格 价
重新 再次 重
维修 修补 修
购买 买 下单 拍
寄 发 送
自己 自动
宝宝 婴幼儿
收 取`, "\n") {
		words := strings.Fields(line)
		for _, w := range words {
			m[w] = append(m[w], words...)
		}
	}
	return m
}()
